package check

import (
	"errors"
	"io/fs"

	"massagefaq/bot/safety"
	"massagefaq/knowledge"
)

// safety reports examples in safety.yaml that its rules do not recognise, and
// rules that lead to passages which are not there. A folder with the shipped
// rules need not have all the passages that those lead to.
func (c *checker) safety(fsys fs.FS, folder knowledge.Folder) {
	if _, err := fs.Stat(fsys, knowledge.SafetyFile); errors.Is(err, fs.ErrNotExist) {
		return
	}
	gate, err := safety.New(folder.Safety)
	if err != nil {
		return // told when the bot is made
	}
	for _, m := range gate.Examples() {
		c.add(Error, "safety", m.File, m.Line, "%s", m.Text)
	}
	for _, r := range folder.Safety.Care.Rules {
		if _, ok := c.passage(r.Passage); !ok {
			c.add(Error, "safety", knowledge.SafetyFile, r.Line, "the rule leads to the passage %s, which does not exist", r.Passage)
		}
	}
}
