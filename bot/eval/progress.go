package eval

import (
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progressAfter is how long a run stays quiet: a bar that flashes up helps nobody.
const progressAfter = time.Second

// progress is a progress bar that appears only on a terminal and only when the
// work takes a while. Its steps may come from several goroutines.
type progress struct {
	out   io.Writer // nil: never shown
	what  string
	total int
	after time.Duration
	start time.Time

	mu    sync.Mutex
	steps int
	bar   *progressbar.ProgressBar // nil until shown
}

// newProgress expects total steps; w that is no terminal shows nothing.
func newProgress(w io.Writer, what string, total int) *progress {
	p := &progress{what: what, total: total, after: progressAfter, start: time.Now()}
	if isTerminal(w) {
		p.out = w
	}
	return p
}

// step counts one more piece of work as finished.
func (p *progress) step() {
	if p.out == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.steps++
	if p.bar == nil {
		if time.Since(p.start) < p.after {
			return
		}
		p.bar = progressbar.NewOptions(p.total,
			progressbar.OptionSetWriter(p.out), progressbar.OptionSetDescription(p.what),
			progressbar.OptionSetWidth(30), progressbar.OptionShowCount(),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	// A bar that cannot be drawn is no reason to stop scoring.
	_ = p.bar.Set(p.steps)
}

// done takes the bar away.
func (p *progress) done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

// isTerminal reports whether w is a character device: a terminal, or /dev/null,
// which does not mind.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || f == nil {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
