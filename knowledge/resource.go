package knowledge

// Resource is who an urgent reply sends people to.
type Resource string

const (
	Call911     Resource = "911"               // call 911 now
	ER          Resource = "er"                // emergency room now
	Crisis988   Resource = "988"               // Suicide & Crisis Lifeline
	DoctorToday Resource = "doctor_today"      // be seen the same day
	DoctorFirst Resource = "doctor_first"      // see a doctor before any massage
	Misconduct  Resource = "misconduct_report" // get safe, and how to report
)
