package main

type check struct {
	content
}

// Run is "massagefaq check".
func (c *check) Run(w *world) error {
	_, err := c.load()
	return err
}
