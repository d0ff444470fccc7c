//go:build race

package check

// raced: this binary watches every access to memory, at ten times the cost.
const raced = true
