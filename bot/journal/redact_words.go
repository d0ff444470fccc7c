package journal

// The words redaction goes by. All are in lower case.

var (
	// units follow a number that counts or measures.
	units = set(`minute minutes min mins hour hours hr hrs day days week weeks wk wks month months mo mos year years yr yrs yo
		visit visits session sessions appointment appointments appt appts massage massages time times x treatment treatments
		dollar dollars buck bucks usd cents percent pct lb lbs pound pounds kg kgs kilo kilos g mg mcg ml oz iu cc k mile miles km
		feet foot ft inch inches cm mm sq degree degrees people persons person clients client patients patient staff employees kids
		children unit units point points reps sets steps calories am pm o'clock a.m p.m st nd rd th ish pack packs
		hourly weekly per each off discount weeker y business working calendar consecutive more or to`)

	// labels announce a number that identifies; alone they may also be plain words.
	labels = set(`member membership subscriber policy group grp claim case record records chart file account acct license licence
		lic sponsor beneficiary medicare medicaid insurance ins card id auth authorization authorisation preauth precert referral
		reference ref confirmation conf booking reservation order invoice receipt ticket transaction check cheque voucher
		certificate prescription rx employee badge student customer client patient pt loyalty tracking serial plate tag permit
		passport visa mastercard amex debit credit bank checking savings contract enrollee enrollment tricare benefits aetna cigna
		humana uhc uhone bcbs anthem kaiser unitedhealthcare molina oscar healthnet ambetter centene geico allstate progressive
		statefarm code adjuster docket incident social hsa fsa payer plan phone cell mobile fax tel telephone number
		members member's subscribers subscriber's sponsors sponsor's patients patient's client's policies claims accounts`)

	// strongLabels announce nothing else.
	strongLabels = set(`ssn ssn4 mrn npi ein tin itin dl dln aba routing iban swift vin mbi hicn edipi dbn cvv cvc csc pcn rxbin rxgrp
		rxgroup acct# bban sin nhs nino uci emr ehr pin last4 ss# dod`)

	// explicitWords after a label say that its number comes.
	explicitWords = set(`number numbers num nums no nr nbr id ids # ending ends digits`)

	// fillers may stand between a label and its number.
	fillers = set(`is was are of the my its it's our his her their in with last four 4 as for on file says reads shows security
		holder and health dental medical gift drivers driver's driver state insured here cardholder subscribers member's sponsor's
		it also be should would here's will this that you start starts starting begins a claim's primary secondary`)

	// doors are what else has a code: these are secret, procedure codes are not.
	doors = set(`gate door entry access key lock lockbox alarm garage security buzzer confirmation verification gift promo
		discount redemption booking reservation pin building house`)

	// coded are labels that codes follow as well as numbers.
	coded = set(`claim claims code case order check invoice receipt plan prescription auth authorization referral insurance`)

	// massageCodes are the procedures this trade speaks of; even after "number"
	// they are what they look like.
	massageCodes = set(`97010 97012 97014 97016 97018 97022 97024 97026 97028 97032 97033 97034 97035 97036 97039 97110 97112 97113
		97116 97124 97139 97140 97150 97530 97535 97750 97755 97799 97810 97811 97813 97814 98940 98941 98942 98943 99199
		99202 99203 99204 99205 99211 99212 99213 99214 99215`)

	// bookings have numbers without digits.
	bookings = set(`confirmation conf booking reservation reference ref code gift voucher certificate`)

	phones = set(`phone cell mobile fax tel telephone whatsapp`)

	secrets = set(`password passwords passcode passwd pwd passphrase pass pw pin`)

	networks = set(`user insta instagram ig snap snapchat tiktok twitter facebook fb venmo cashapp zelle paypal telegram discord
		username handle skype wechat signal whatsapp linkedin login userid nextdoor messenger kik line`)
	handleWords = set(`handle name username user account profile tag id at me screen`)

	copulas = set(`is was are it's its = be`)
	owners  = set(`my the our his her their your whose mine`)

	births = set(`dob d.o.b birth birthdate birthday bday born bd birthday's bday's dobs bdate exp expires expiry expiration`)
	// dateFillers may stand between "born" and the date.
	dateFillers = set(`is was on in the my date of day s it's its her his their this year for patient client b o d dob mine and
		at around about that's would be here number dependent's spouse's daughter's son's wife's husband's mother's father's
		child's kid's member's subscriber's`)

	months = set(`january february march april may june july august september october november december
		jan feb mar apr jun jul aug sep sept oct nov dec januari febuary feburary janurary septmber agust`)
	ordinals = set(`first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
		fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth hundred thousand and`)

	// streets end a street's name and hardly anything else.
	streets = set(`street str avenue ave aven av blvd boulevard road rd lane ln terrace ter parkway pkwy highway hwy crescent cres
		turnpike tpke trl cir expressway expy freeway fwy alley aly causeway mews plz xing bnd cv pkway streets avenu`)
	// softStreets are streets only in the right company.
	softStreets = set(`st drive dr drv court ct place pl way circle trail loop run row path square sq park point pt view hill hills
		ridge cove bend walk close crossing landing glen grove heights hts hollow plaza commons manor gardens green meadow meadows
		shore shores spring springs valley village vista woods pike estates route rte island creek lake bay beach mill farm`)
	// roads are named by numbers.
	roads = set(`highway hwy route rte road rd cr sr fm us i interstate m`)

	// roadKinds come before a road's number and its name: "county road 42".
	roadKinds = set(`n s e w north south east west county state us old rural farm market private co`)

	// prefixStreets come before the name.
	prefixStreets = set(`rue calle via avenida camino paseo strada rua`)

	directions = set(`n s e w ne nw se sw north south east west northeast northwest southeast southwest`)
	unitWords  = set(`apt apartment unit suite ste floor fl lot room rm bldg building trlr trailer space spc no`)
	// doorWords with a number are an address without a street.
	doorWords = set(`pobox apt apartment ste suite`)
	// noStreet cannot be part of a street's name.
	noStreet = set(`and or but if my your our i you we is are was were have has had can could would should do does did for with
		from per at an this that these those how what when where why to minute mile just about only need want please dob phone
		by be call email because so then than before after since over under name hour way hours visit block blocks away`)

	lives = set(`live lives living lived address addr located reside resides residing home house mail ship deliver staying stay
		stays moved residence send street addr1 come`)
	addressFillers = set(`at is on in the my it it's its to our us here near me i'm im a street mailing home billing shipping now
		located address off of please and`)
	zipWords = set(`in near from around serve serving area live zips`)

	states = set(`al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa
		ri sc sd tn tx ut vt va wa wv wi wy dc pr
		alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana
		iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana nebraska
		nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming
		new-hampshire new-jersey new-mexico new-york north-carolina north-dakota rhode-island south-carolina south-dakota
		west-virginia mich calif tex fla penn ill wis minn mass conn`)
)

// spelled is how many digits a number word stands for.
var spelled = map[string]int{
	"zero": 1, "oh": 1, "one": 1, "two": 1, "three": 1, "four": 1, "five": 1, "six": 1, "seven": 1, "eight": 1, "nine": 1,
	"o": 1, "double": 1, "triple": 2, "hundred": 2, "ten": 2, "eleven": 2, "twelve": 2, "thirteen": 2, "fourteen": 2,
	"fifteen": 2, "sixteen": 2, "seventeen": 2, "eighteen": 2, "nineteen": 2, "twenty": 2, "thirty": 2, "forty": 2,
	"fourty": 2, "fifty": 2, "sixty": 2, "seventy": 2, "eighty": 2, "ninety": 2,
}

var (
	nameLabels  = set(`name name's named surname firstname lastname fullname nickname`)
	nameFillers = set(`on the my his her their our first last full middle maiden legal patient client child's file of account card
		insured subscriber here and was for`)
	wholeNames = set(`first last middle maiden full legal preferred`)
	// drWords follow "dr" where no name does.
	drWords = set(`said told note notes office offices script order orders wrote gave sent visit bill bills thinks thought wont
		visits advice letter rx didn't didnt doesn't doesnt has had on at in to for from i and or but if who that s is was ok
		okay approval permission clearance clears cleared diagnosis dx report reports refuses refers`)
	titles = set(`mr mrs ms miss mx dr doctor prof`)
	people = set(`patient client wife husband daughter son mom mother dad father sister brother friend partner spouse fiance
		fiancee boyfriend girlfriend grandma grandmother grandpa grandfather grandson granddaughter niece nephew cousin aunt uncle
		therapist masseuse masseur lmt coworker boss roommate pt contact guarantor policyholder insured subscriber dependent
		caller adjuster attorney lawyer agent surgeon chiropractor physician pcp provider nurse midwife doula`)
	signs = set(`thanks thank you thx ty regards sincerely best cheers yours love respectfully advance`)
	// relatives are people one has few of: a capitalised word after "my" and one is a name.
	relatives = set(`wife husband daughter son mom mother dad father sister brother friend partner spouse fiance fiancee boyfriend
		girlfriend grandma grandmother grandpa grandfather grandson granddaughter niece nephew cousin aunt uncle boss coworker`)
	// callers follow a name on the phone: "this is Jane calling".
	callers = set(`calling here speaking from again with w and dob, dob`)
	// joiners end a name even when every word is capitalised.
	joiners = set(`and or but i i'm my can could is was am are do does did please need needs want wants the to with for from of at in
		on by dob born calling here phone cell email would will have has if so because how what when where why who it this that`)
	particles = set(`de la van der von del di da dos du le el al bin ibn mac mc st o'`)

	// notNames are capitalised, or follow "I'm", without being names.
	notNames = set(`blue cross shield aetna cigna humana kaiser permanente anthem medicare medicaid tricare bcbs uhc hsa fsa ppo hmo
		swedish thai shiatsu reiki deep tissue trigger hot stone prenatal medical massage therapy therapist sports lymphatic
		drainage myofascial american african asian native hispanic latina latino white black jewish christian muslim catholic german french
		italian irish mexican chinese indian japanese korean spanish english british canadian monday tuesday wednesday thursday
		friday saturday sunday january february march april may june july august september october november december easter
		christmas thanksgiving united health healthcare care grand rapids new york los angeles type covid er ok okay pregnant
		diabetic disabled retired allergic nervous scared worried unsure curious sore stiff tired new interested available
		unable able sorry good fine great bad sick late early due back home here there not really very so too also just still
		now trying looking wondering calling asking having getting going taking doing feeling seeing thinking planning coming
		working using dealing struggling suffering experiencing recovering hoping writing texting messaging weeks months years
		in on at with from about under over past almost only like postpartum trimester insurance workers comp slack discord
		google yelp groupon facebook instagram venmo zelle visa mastercard amex apple android iphone`)

	// eponyms make a name a thing: "Alexander technique", "Graves' disease".
	eponyms = set(`technique techniques method methods syndrome disease palsy cyst sign test release therapy massage massages
		institute hospital clinic center centre university college street avenue road model maneuver manoeuvre fracture deformity
		neuroma canal tunnel work works school approach hopkins general memorial medical health healthcare insurance spa`)

	// firstNames are common in the United States and hardly ever other words.
	firstNames = set(`james john robert michael david william richard joseph thomas charles christopher daniel matthew anthony
		donald steven paul andrew joshua kenneth kevin brian george timothy ronald jason edward jeffrey ryan jacob gary nicholas
		eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick raymond  dennis jerry
		tyler aaron jose adam nathan henry zachary douglas peter kyle noah ethan jeremy walter christian keith  roger terry
		sean gerald carl harold dylan arthur lawrence  jesse bryan billy bruce gabriel logan alan juan albert willie elijah
		wayne randy vincent mason roy ralph bobby russell bradley philip eugene carlos luis antonio miguel diego jorge pedro
		alejandro francisco javier manuel ricardo fernando eduardo roberto rafael sergio mario marco oscar omar hector
		mohammed muhammad mohamed ahmed ali ibrahim hassan raj ravi amit sanjay vijay arjun wei ming hiroshi kenji dmitri ivan
		igor sergei liam oliver lucas levi mateo owen theodore aiden caleb isaac luke connor evan gavin dominic xavier ian
		mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley kimberly
		emily donna michelle carol amanda melissa deborah stephanie rebecca sharon laura cynthia dorothy amy kathleen angela
		shirley brenda emma anna pamela nicole samantha katherine christine helen debra rachel carolyn janet maria catherine
		heather diane olivia julie joyce victoria ruth  lauren kelly christina joan evelyn judith andrea hannah megan
		cheryl jacqueline martha madison teresa gloria sara janice ann kathryn abigail sophia frances jean alice judy isabella
		julia denise amber danielle marilyn beverly charlotte natalie theresa diana brittany doris kayla alexis lori marie
		jane carmen ana rosa guadalupe lucia elena sofia valentina camila gabriela daniela fernanda juana yolanda
		priya anjali deepa lakshmi fatima aisha zainab mei ling yuki sakura olga natasha svetlana tatiana irina
		mike dave bob jim joe tom dan steve chris matt tony ken jeff nick greg sam ben alex pete doug phil josh zach andy
		kate katie liz beth sue deb debbie barb jen jenny jess steph becky cindy kathy kim kris kristen kristin kristina tina
		tiffany crystal monica erica erika vanessa veronica vicki wendy yvonne tracy tammy tonya stacy stacey shannon sheila
		sally robin rhonda renee regina peggy paula nina nora norma molly miranda melinda maureen marcia mandy lydia lucy
		lorraine leslie leah kristy krista kendra katrina karla jodi jill jillian jeanne jeanette janelle jamie jackie ivy
		irene ingrid holly hilary heidi gwen gail felicia ellen eileen elaine edith dana courtney connie colleen claire
		chloe charlene cassandra carrie candace bridget bonnie belinda audrey anita annie annette angie alyssa alison allison
		alicia adriana abby zoe mia ava  ella avery mila scarlett eleanor layla riley aria hazel 
		  bella maya naomi kaylee madeline clara vivian priscilla tanya latoya keisha lakisha tamika ebony
		jamal darnell tyrone deshawn malik andre terrence marcus derek derrick darren darryl craig corey cody clint clifford
		bart bartholomew eli elias ezra yusuf yousef marisol mariana mariela xiomara itzel esperanza consuelo dolores ignacio
		esteban rodrigo gustavo ernesto enrique armando ramon ruben hugo felipe leonardo emilio joaquin
		gerardo guillermo hernan arturo alfredo alberto lourdes graciela leticia silvia beatriz raquel
		 patricio wanda marlene phyllis bernice maxine geraldine loretta lois bertha thelma edna ethel gertrude harriet
		hattie agnes blanche winifred roland rodney roderick ronnie lonnie vernon virgil wallace wilbur wendell willard
		reginald rupert russ salvatore sheldon sidney stanley theo trent trevor troy vaughn vince  zane zander
		kayden jayden brayden grayson carson declan dominick  ezekiel finn gideon greyson  jaxon jayce josiah
		julian kai kingston landon leo  maddox micah nolan parker quentin quincy  sawyer silas xander
		aaliyah addison adelaide adeline aileen alana alexa alexandra alina aliyah amelia amina anastasia anika annabelle
		ariana arianna ashlyn aubrey bailey brianna brielle brooke caroline cecilia celeste chelsea clarissa daphne delilah
		eliza eloise emilia esme esther eva evangeline fiona francesca freya genevieve  gianna giselle gretchen hailey
		haley ingrid isabel isabelle  jada jasmine jocelyn josephine josie juliana juliet juliette kaitlyn katelyn katarina kiara
		kylie lana leila lila lillian lilly lola  lucille luna mackenzie maddie madeleine maggie makayla marissa matilda
		mckenzie meghan melanie mikayla mila millie mira naomi nadia natalia nevaeh nyla ophelia paige paola penelope peyton
		phoebe piper presley raelynn reagan regan rosalie rosemary roxanne ruthie sabrina sadie selena serena  simone
		skylar sloane sonia stella sydney sylvia tabitha talia tessa thea valerie vera willa winnie yara yasmin yesenia zara
		ahmad abdul abdullah adnan anwar bilal faisal farid farhan hamza hamid imran ismail jamil karim khalid mahmoud mustafa
		nabil nasser omar osman rashid salim samir tariq usman walid yasin zaid ayesha farah khadija maryam nadia noor rania
		samira yasmeen aditya akash anil arun ashok deepak dinesh ganesh gopal harish karthik kiran krishna mahesh manoj
		mohan mukesh naveen nikhil pankaj pradeep prakash rahul rajesh rakesh ramesh sandeep suresh vikram vinod anita aparna
		asha kavita madhu meena neha nisha pooja radha rekha ritu shilpa shreya smita sunita swati
		     xiaoming yan ying       hyun jae  yuna haruto hana yui
		kwame kofi amara chidi chinedu ngozi oluwaseun emeka ifeoma adebayo folake babajide ayodele
		giovanni giuseppe luca matteo alessandro lorenzo chiara giulia
		francois guillaume mathieu laurent amelie anais margaux celine
		hans klaus jurgen wolfgang heinrich dieter ursula sabine anke
		pam tim jon rob bev meg patty candice
		clarence chad cesar calvin brett brent brad blake barry allen alvin alfred adrian`)
)

// lastNames are common surnames in the United States.
var lastNames = set(`smith johnson williams jones garcia davis rodriguez martinez hernandez lopez gonzalez gonzales wilson anderson
	thomas taylor moore jackson martin perez thompson harris sanchez clark ramirez lewis robinson torres nguyen flores
	adams nelson baker carter mitchell roberts gomez phillips evans turner diaz cruz edwards collins reyes stewart morris morales
	murphy rogers gutierrez ortiz peterson bailey kelly howard kim cox richardson watson brooks chavez bennett mendoza ruiz hughes
	alvarez castillo sanders patel myers ross foster jimenez powell jenkins perry russell sullivan coleman butler henderson barnes
	fisher vasquez simmons romero jordan patterson alexander hamilton graham reynolds griffin wallace moreno hayes bryant herrera
	gibson ellis medina aguilar stevens murray ford castro marshall owens harrison fernandez mcdonald woods washington kennedy
	vargas henry chen freeman wu shaw guzman jensen schmidt schneider schultz weber meyer wagner hoffman kowalski nowak novak
	obrien o'brien oconnor o'connor mccarthy mcdonnell campbell gray ramos wright allen walker lee singh kaur khan ahmed ali hussain
	tran pham huynh wang zhang liu yang huang zhao lin park choi yamamoto tanaka suzuki ivanov petrov cohen levy goldberg schwartz
	friedman rosenberg larsen hansen olson olsen swanson carlson erickson johansson andersson bianchi rossi russo romano esposito
	silva santos oliveira souza pereira costa ferreira doe`)

// common are words of everyday talk, and of this trade: a name, or a street, ends
// before them.
var common = set(`a about above after again ago all almost already also always am an and another any anyone anything are around as ask
	asked asking at available away back bad be because been before being below best better between big book booked booking both but
	by call called calling came can can't cannot cant care cash come comes coming confirm could couldn't cover coverage covered
	covers cost costs couple current currently day days deal did didn't different do does doesn't doing don't done dont down during
	each early either else email enough even ever every everyone everything feel feeling few find first five for four found free
	friend from full gave get gets getting give given go goes going good got had has hasn't have haven't having he he's hello help
	her here hers hey hi him his hope hour hours how however hurt hurting hurts i i'd i'll i'm i've id if ill im in info insurance
	into is isn't issue it it's its ive job just keep kind know last late later left less let like little live lives long look
	looking lot lots love low made mail make makes many may maybe me mean message might mine minute minutes mon month months more
	morning most much must my myself name near need needed needs never new next nice no none not nothing now of off office often ok
	okay old on once one ones online only open or order other our out over own paid pain pay paying people per person phone place
	plan please possible pregnant prefer problem put question questions quick rather re really reach recently right same saw say
	says schedule scheduled see seeing seen send sent session sessions set she she's should show since six so some someone
	something soon sorry speak start started still stop such sure take takes taking talk tell text than thank thanks that that's
	thats the their them then there there's these they they're thing things think this those three through time times to today
	tomorrow tonight too took tried try trying two under until up upcoming us use used using usually very visit visits wait want
	wanted wants was wasn't way we we're week weeks well went were what what's whats when where which while who why will wish with
	within without won't wondering word work worked working works would wouldn't writing wrong x yeah year years yes yesterday yet
	you you're your yours
	massage massages therapist therapists therapy therapies medical doctor doctors appointment appointments treatment treatments
	back neck shoulder shoulders hip hips knee knees leg legs foot feet arm arms hand hands head chest spine muscle muscles injury
	accident surgery surgeon clinic practice member claim policy group number card bill billing code codes date birth born dob
	deductible copay referral prescription superbill receipt refund cancel reschedule gift certificate form forms intake consent
	allergic diabetic cancer high blood pressure wife husband mom dad son daughter kid kids baby patient client clients
	spa deep tissue swedish prenatal oil oils table room staff front desk owner manager male female man woman lady guy guys
	great bigger older younger several seven eight nine ten dollar dollars fine busy close drive walk ride walking run running
	sleep sleeping sit sitting stand standing lying lift lifting hot cold warm heat ice pretty super every half hard soft light
	waiting expired incorrect reset required weird private public personal ready sick sore tight stiff tense numb
	whole entire extra additional certain various regular normal standard major minor total average double single main local
	because 'cause cuz bc u ur r n w pls plz thx btw idk lol omg yo ya yep nope um uh hmm wanna gonna gotta lemme kinda sorta
	nd st th rd mr mrs ms dr able apply away side sides front behind across against along among toward upon via
	isnt arent wasnt werent dont doesnt didnt wont wouldnt couldnt shouldnt havent hasnt hadnt theres heres whos
	living located moved staying parking lot block blocks mile miles far nearby building corner door stairs elevator`)
