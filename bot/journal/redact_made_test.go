package journal

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestRedactMade redacts messages put together by chance from carriers, labels and
// numbers: every number must be gone, and the question must still be there.
func TestRedactMade(t *testing.T) {
	rng := rand.New(rand.NewPCG(20, 26))
	missed := 0
	const messages = 5_000
	for range messages {
		kind := makers[rng.IntN(len(makers))]
		said, secrets := kind.say(rng)
		carrier := carriers[rng.IntN(len(carriers))]
		message := fmt.Sprintf(carrier.text, said)
		got := Redact(message)
		left := strings.Replace(got, carrier.keep, "", 1)
		for _, secret := range secrets {
			if strings.Contains(left, secret) {
				if missed++; missed < 20 {
					t.Errorf("%s: Redact(%q) = %q, with %q", kind.name, message, got, secret)
				}
				break
			}
		}
		if !strings.Contains(got, carrier.keep) {
			t.Errorf("%s: Redact(%q) = %q, without %q", kind.name, message, got, carrier.keep)
		}
		if again := Redact(got); again != got {
			t.Errorf("Redact(%q) = %q, but again %q", message, got, again)
		}
	}
	if missed > 0 {
		t.Errorf("%d of %d messages kept something", missed, messages)
	}
}

var carriers = []struct{ text, keep string }{
	{"%s", ""},
	{"%s, is 97140 covered?", "97140"},
	{"does my plan pay for 12 visits in 90 days? %s", "12 visits in 90 days"},
	{"hi! %s. do you have 60 minutes on friday at 5", "60 minutes on friday at 5"},
	{"pt wants a superbill (%s) for M54.50", "M54.50"},
	{"%s - bp is 145/90 is that ok", "bp is 145/90 is"},
	{"30 weeks pregnant; %s; what should i wear", "30 weeks pregnant"},
	{"what does it cost\n%s\nthx", "what does it cost"},
	{"CAN I COME IN AT 9? %s", "CAN I COME IN AT 9?"},
	{"i paid $120 for 97124 in 2019 %s", "i paid $120 for 97124 in 2019"},
}

// A maker makes up something personal, as people say it, and the parts of it that
// must not be kept.
type maker struct {
	name string
	say  func(*rand.Rand) (said string, secrets []string)
}

var makers = []maker{
	{"phone", func(r *rand.Rand) (string, []string) {
		a, b, c := digits(r, 3), digits(r, 3), digits(r, 4)
		form := pick(r, "%s-%s-%s", "(%s) %s-%s", "%s.%s.%s", "%s %s %s", "%s%s%s", "+1 %s %s %s", "+1-%s-%s-%s", "1 (%s) %s-%s", "%s/%s-%s", "(%s)%s-%s", "%s - %s - %s", "+1%s%s%s", "1-%s-%s-%s ext 12")
		return pick(r, "call me at ", "cell ", "my number is ", "ph: ", "text ", "") + fmt.Sprintf(form, a, b, c), []string{b + c, c}
	}},
	{"ssn", func(r *rand.Rand) (string, []string) {
		a, b, c := digits(r, 3), digits(r, 2), digits(r, 4)
		form := pick(r, "%s-%s-%s", "%s %s %s", "%s%s%s", "%s.%s.%s", "%s - %s - %s")
		return pick(r, "ssn ", "my social is ", "SSN: ", "social security number ", "ss# ", "") + fmt.Sprintf(form, a, b, c), []string{c}
	}},
	{"card", func(r *rand.Rand) (string, []string) {
		a, b, c, d := digits(r, 4), digits(r, 4), digits(r, 4), digits(r, 4)
		form := pick(r, "%s %s %s %s", "%s-%s-%s-%s", "%s%s%s%s")
		return pick(r, "my card ", "visa ", "card number is ", "", "charge ") + fmt.Sprintf(form, a, b, c, d), []string{b, c, d}
	}},
	{"member", func(r *rand.Rand) (string, []string) {
		prefix := letters(r, r.IntN(4))
		id := pick(r, digits(r, 9), digits(r, 4)+" "+digits(r, 5), digits(r, 4)+"-"+digits(r, 5), digits(r, 3)+" "+digits(r, 3)+" "+digits(r, 3), digits(r, 7)+"-"+digits(r, 2))
		return pick(r, "member id ", "member ", "member # ", "aetna id is ", "subscriber id: ", "bcbs member number ", "policy # ", "policy number is ", "ID ", "my insurance id is ") + prefix + id, []string{id, id[len(id)-4:]}
	}},
	{"group", func(r *rand.Rand) (string, []string) {
		id := pick(r, digits(r, 5), digits(r, 7)+"-"+digits(r, 3), digits(r, 6), letters(r, 2)+digits(r, 5))
		return pick(r, "grp ", "group # ", "group number ", "grp no. ", "group number is ") + id, []string{id}
	}},
	{"claim", func(r *rand.Rand) (string, []string) {
		id := pick(r, "20"+digits(r, 2)+"-"+digits(r, 7)+"-"+letters(r, 1), letters(r, 2)+"-"+digits(r, 4)+"-"+digits(r, 5), digits(r, 8), letters(r, 2)+digits(r, 6))
		return pick(r, "claim ", "claim number is ", "claim # ", "my claim number ", "auth # ", "case number ", "referral # ", "workers comp claim ") + id, []string{id, id[3:]}
	}},
	{"record", func(r *rand.Rand) (string, []string) {
		id := pick(r, digits(r, 6), digits(r, 8), "00"+digits(r, 5))
		return pick(r, "MRN ", "mrn: ", "medical record number is ", "chart # ", "record number ", "patient id ") + id, []string{id}
	}},
	{"licence", func(r *rand.Rand) (string, []string) {
		id := pick(r, letters(r, 1)+" "+digits(r, 3)+" "+digits(r, 3)+" "+digits(r, 3)+" "+digits(r, 3), letters(r, 1)+digits(r, 12), letters(r, 1)+digits(r, 3)+"-"+digits(r, 4)+"-"+digits(r, 4), letters(r, 1)+digits(r, 7))
		return pick(r, "driver's license ", "drivers license number is ", "DL ", "DL# ", "my license is ") + id, []string{id[len(id)-3:]}
	}},
	{"bank", func(r *rand.Rand) (string, []string) {
		a, b := digits(r, 9), digits(r, 8+r.IntN(5))
		return fmt.Sprintf(pick(r, "routing %s account %s", "routing number is %s and account number %s", "aba %s acct # %s", "rt# %s, acct %s"), a, b), []string{a, b}
	}},
	{"birth", func(r *rand.Rand) (string, []string) {
		m, d, y := 1+r.IntN(12), 1+r.IntN(28), 1930+r.IntN(90)
		month := months12[m-1]
		date := pick(r, fmt.Sprintf("%02d/%02d/%d", m, d, y), fmt.Sprintf("%d-%d-%02d", m, d, y%100), fmt.Sprintf("%d-%02d-%02d", y, m, d), fmt.Sprintf("%s %d, %d", month, d, y),
			fmt.Sprintf("%d %s %d", d, month, y), fmt.Sprintf("%s %dth %d", month[:3], d, y), fmt.Sprintf("%02d.%02d.%d", d, m, y), fmt.Sprintf("%d/%02d", m, y%100), fmt.Sprintf("%s %d", month, y), fmt.Sprintf("%s %d", month, d), fmt.Sprintf("%02d%02d%d", m, d, y))
		return pick(r, "born ", "dob ", "DOB: ", "date of birth is ", "my birthday is ", "d.o.b. ", "i was born on ", "birthdate ") + date, []string{date}
	}},
	{"address", func(r *rand.Rand) (string, []string) {
		number, name := digits(r, 2+r.IntN(3)), pick(r, "Quillon", "Oak", "Maple Grove", "N Harborview", "Old Mill", "SE 42nd", "Martin Luther King")
		street := number + " " + name + " " + pick(r, "St", "Ave", "Street", "Rd", "Blvd", "Ln", "Dr", "Court", "Way", "Pl", "Ter", "Pkwy")
		unit := pick(r, "", " #12", " apt 4B", ", Unit 3", " Ste 200")
		end := pick(r, "", ", 49503", ", Lansing, MI 48911", " Detroit MI", ", Ann Arbor, Michigan 48104-1234")
		return pick(r, "i live at ", "my address is ", "mail it to ", "address: ", "") + street + unit + end, []string{street, number + " " + name}
	}},
	{"email", func(r *rand.Rand) (string, []string) {
		name := pick(r, "quist71", "j.quist", "jo_quist", "joquist")
		return pick(r, "email ", "my email is ", "send it to ", "") + fmt.Sprintf(pick(r, "%s@gmail.com", "%s@mail.quist.org", "%s at gmail dot com", "%s (at) yahoo (dot) com", "%s@icloud", "%s [at] proton [dot] me", "%s at outlook.com"), name), []string{name}
	}},
	{"name", func(r *rand.Rand) (string, []string) {
		first, last := pick(r, "Marisol", "Bartholomew", "Xiomara", "Teodora", "Priya", "Ngozi"), pick(r, "Quist", "Okonkwo", "Lindqvist", "Abernathy", "Szymanski")
		return pick(r, "my name is ", "name: ", "patient name is ", "My name's ", "full name: ") + first + " " + last, []string{first, last}
	}},
}

var months12 = strings.Fields("January February March April May June July August September October November December")

func pick(r *rand.Rand, from ...string) string { return from[r.IntN(len(from))] }

// digits makes a number of n digits that is neither a year nor round.
func digits(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteByte(byte('0' + r.IntN(10)))
	}
	if s := b.String(); s[0] != '0' && !strings.HasSuffix(s, "0") && !strings.HasSuffix(s, "5") && !isYear(s) && s[:min(2, n)] != "97" && s[:min(2, n)] != "99" {
		return s
	}
	return digits(r, n)
}

func letters(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteByte(byte("BCDEFGHJKLMNPQRSTUVWXYZ"[r.IntN(23)]))
	}
	return b.String()
}
