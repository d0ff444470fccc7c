package knowledge

// Practice is what only the practice itself can say. An empty field means
// "not configured": answers then say how to ask, never a made-up value.
type Practice struct {
	Name         string // "Lakeside Medical Massage"
	Phone        string // "616-555-0100"
	Booking      string // web address of the booking page
	Hours        string // "Mon to Fri 9 to 6"
	Address      string // "12 Main St, Grand Rapids"
	Cancellation string // "24 hours' notice, or half the fee"
	Insurers     string // "Priority Health and auto no-fault"
}
