package index

import "strings"

// shorthand opens contractions and phone typing. A word that also has a meaning
// of its own here (pt, ma, or) is left to the vocabulary.
var shorthand = parseShorthand(`
cant=can not; cannot=can not; dont=do not; doesnt=does not; didnt=did not; isnt=is not; arent=are not; wasnt=was not;
werent=were not; wont=will not; wouldnt=would not; couldnt=could not; shouldnt=should not; havent=have not; hasnt=has not;
hadnt=had not; aint=is not; mustnt=must not; neednt=need not;
im=i am; ive=i have; youre=you are; youve=you have; youll=you will; theyre=they are; theyll=they will; theyve=they have;
were=were; weve=we have; its=it is; thats=that is; whats=what is; wheres=where is; hows=how is; whos=who is; whens=when is;
theres=there is; hes=he is; shes=she is; lets=let us; itll=it will; thatll=that will; howd=how did; whatd=what did;
gonna=going to; wanna=want to; gotta=got to; gimme=give me; lemme=let me; kinda=kind of; sorta=sort of; outta=out of; dunno=do not know; cuz=because; coz=because; cos=because; bc=because; bcuz=because; tho=though; thru=through; til=until; till=until;
wat=what; waht=what; whta=what; wht=what; wut=what; teh=the; hte=the; adn=and; taht=that; thsi=this; thier=their; recieve=receive; becuase=because; becuz=because; shud=should; shuld=should; shoud=should; cud=could; culd=could; wud=would; wuld=would; woud=would; wil=will; duz=does; dos=does; hav=have; hve=have; gona=going to; im=i am; alot=lot; alright=ok; wen=when; wher=where; whare=where; wich=which; hwo=how; hw=how; frm=from; wit=with; wth=with; wif=with; bfore=before; befor=before; aftr=after; affter=after; durring=during; mesage=massage; messge=massage; masage=massage; massge=massage; masaage=massage; masaj=massage; thearpy=therapy; theropy=therapy; tharapy=therapy; theripist=therapist; therepist=therapist; doctr=doctor; docter=doctor; insurence=insurance; insurrance=insurance; insurace=insurance;
u=you; ur=your; yall=you all; r=are; n=and; y=why; k=ok; okay=ok; pls=please; plz=please; thx=thanks; ty=thank you; tysm=thank you;
b4=before; gr8=great; l8=late; l8r=later; 2day=today; 2nite=tonight; tmrw=tomorrow; tmw=tomorrow; tomoro=tomorrow; tonite=tonight; rn=right now; asap=soon; idk=i do not know; btw=by the way; imo=in my opinion;
ppl=people; smth=something; sth=something; sumthing=something; abt=about; w=with; wo=without; wout=without; msg=message;
appt=appointment; appts=appointments; apt=appointment; hr=hour; hrs=hours; min=minutes; mins=minutes; wk=week; wks=weeks; yr=year; yrs=years; mo=month; mos=months;
med=medical; meds=medicine; rx=prescription; dr=doctor; doc=doctor; docs=doctors; hosp=hospital; ins=insurance; insur=insurance; auth=authorization; preauth=prior authorization; precert=prior authorization; preapproval=prior authorization;
temp=temperature; bp=blood pressure; hbp=high blood pressure; preop=before surgery; postop=after surgery; tx=treatment; hx=history; sx=symptoms; dx=diagnosis; clt=client; clts=clients; info=information;
`)

func parseShorthand(s string) map[string][]string {
	m := map[string][]string{}
	for _, pair := range strings.Split(s, ";") {
		short, long, ok := strings.Cut(strings.TrimSpace(pair), "=")
		if ok {
			m[short] = strings.Fields(long)
		}
	}
	return m
}

// function words carry grammar rather than subject. They count a little, since
// "what should I do after" is nothing without them, but never find a passage alone.
var function = wordSet(`a an the this that these those it its he she they them their his her him we us our you your i me my mine
is are was were be been being am do does did done doing have has had having will would shall should can could may might must
and or but so if then than as at by for from in into of on onto to up with about over under out off
what which who whom whose when where why how there here any some all each both more most other such own same too very just also
not no nor only again ever never please ok hi hello hey thanks thank oh um well now really actually maybe like get got let
because though while until still even much many lot lots bit thing things something anything everything stuff way kind sort
go going come want wants wanted need needs know say tell think make makes made use using one two someone anyone everyone people person guy guys lol haha`)

// keen words are function words elsewhere that here decide between passages.
var keen = wordSet(`before after during without not no never how why who when where long often much many if instead between`)

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}
