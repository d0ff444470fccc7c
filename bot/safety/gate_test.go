package safety

import (
	"testing"

	"massagefaq/knowledge"
)

// shipped is the gate of the shipped content.
func shipped(t testing.TB) *Gate {
	t.Helper()
	s, err := knowledge.LoadSafety(knowledge.Content())
	if err != nil {
		t.Fatal(err)
	}
	g, err := New(s)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// Every example in safety.yaml comes out as its author says.
func TestExamples(t *testing.T) {
	for _, m := range shipped(t).Examples() {
		t.Error(m)
	}
}
