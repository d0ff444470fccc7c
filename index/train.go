package index

import (
	"math"
	"runtime"
	"slices"
	"sync"
)

// example is a question or sentence whose passage is known.
type example struct {
	class, segment int32
	clues          []clue
}

// Chosen on held-out questions; all neighbours do about as well.
const (
	trainScale = 5     // length of a question as a vector: how sharply it learns
	trainFloor = 0.1   // Adagrad's, against a first step of any length
	trainLeast = 0.002 // of a gradient worth a step
	trainBatch = 128   // examples that are weighed side by side before any is learned from
	trainRange = 7     // nats below the likeliest class at which another is not worth a step
)

// examples are all segments of all passages.
func (s *snapshot) examples(c *classifier) []example {
	var out []example
	for i := range s.docs {
		for j := range s.docs[i].segments {
			seg := &s.docs[i].segments[j]
			var list []clue
			for k, id := range seg.terms {
				if !slices.Contains(seg.terms[:k], id) {
					list = append(list, clue{id, s.lex.plain[id]})
				}
				if k > 0 {
					list = c.pair(list, clue{seg.terms[k-1], s.lex.plain[seg.terms[k-1]]}, clue{id, s.lex.plain[id]})
				}
			}
			for _, id := range seg.concepts {
				list = append(list, clue{id, s.lex.plain[id]})
			}
			scale(list)
			out = append(out, example{int32(i), int32(j), list})
		}
	}
	return out
}

// train learns from the examples that are wanted, by stochastic gradient descent
// with Adagrad's steps (Duchi, Hazan and Singer 2011). Once through is enough: with
// two hundred questions a passage, a second or third time changed no score. It
// gives the same weights each time, on however many cores.
func (c *classifier) train(examples []example, want func(*example) bool) {
	order := make([]*example, 0, len(examples))
	for i := range examples {
		if want(&examples[i]) {
			order = append(order, &examples[i])
		}
	}
	random := uint64(1)
	for i := len(order) - 1; i > 0; i-- {
		random = random*6364136223846793005 + 1442695040888963407 // Knuth's
		j := int((random >> 33) % uint64(i+1))
		order[i], order[j] = order[j], order[i]
	}
	squares, steps := make([]float32, len(c.weight)/c.classes), make([]step, trainBatch)
	cores := min(runtime.GOMAXPROCS(0), trainBatch)
	for batch := range slices.Chunk(order, trainBatch) {
		each(cores, func(core int) {
			for i := core; i < len(batch); i += cores {
				steps[i].weigh(c, batch[i])
			}
		})
		each(cores, func(core int) {
			for i, e := range batch {
				c.move(e, &steps[i], squares, func(clue int32) bool { return int(clue)%cores == core })
			}
		})
	}
}

// each runs f for every core side by side.
func each(cores int, f func(core int)) {
	var side sync.WaitGroup
	for core := 1; core < cores; core++ {
		side.Go(func() { f(core) })
	}
	f(0)
	side.Wait()
}

// step is what an example teaches: the classes worth a step with their gradients,
// and the sum of the squares of all gradients.
type step struct {
	chances []float32 // scratch
	moves   []move
	square  float32
}

type move struct {
	class    int32
	gradient float32
}

// weigh compares what the classifier says of an example with what is right.
func (s *step) weigh(c *classifier, e *example) {
	if s.chances == nil {
		s.chances = make([]float32, c.classes)
	}
	c.score(e.clues, s.chances)
	softmax32(s.chances, trainRange)
	s.chances[e.class]--
	s.square, s.moves = 0, s.moves[:0]
	for class, g := range s.chances {
		s.square += g * g
		if g > trainLeast || g < -trainLeast {
			s.moves = append(s.moves, move{int32(class), g})
		}
	}
}

// move takes the step for those clues of the example that are mine.
func (c *classifier) move(e *example, s *step, squares []float32, mine func(clue int32) bool) {
	for i := range e.clues {
		k := &e.clues[i]
		if !mine(k.id) {
			continue
		}
		squares[k.id] += k.weight * k.weight * s.square / (trainScale * trainScale)
		rate := k.weight / (trainScale * (trainFloor + float32(math.Sqrt(float64(squares[k.id])))))
		row := c.weight[int(k.id)*c.classes:][:c.classes]
		for _, m := range s.moves {
			row[m.class] -= rate * m.gradient
		}
	}
}

// folds is into how many parts the examples fall when each must be judged by a
// classifier that was not trained on it.
const folds = 5

// classifierWithout returns a classifier that was not trained on the segment, or
// the one for use where doc is negative.
func (s *snapshot) classifierWithout(doc, segment int) *classifier {
	if doc < 0 || s.classifier == nil {
		return s.classifier
	}
	s.foldOnce.Do(s.train)
	return s.folds[foldOf(int32(doc), int32(segment))]
}

func foldOf(doc, segment int32) int32 { return (doc*7 + segment) % folds }

func (s *snapshot) train() {
	examples := s.examples(s.classifier)
	for k := range int32(folds) {
		c := &classifier{classes: s.classifier.classes, pairs: s.classifier.pairs, weight: make([]float32, len(s.classifier.weight))}
		c.train(examples, func(e *example) bool { return foldOf(e.class, e.segment) != k })
		s.folds = append(s.folds, c)
	}
}
