package slack

import "sync"

// lanes run jobs: those of one lane one after the other in the order in which
// they came, those of different lanes side by side. A conversation is a lane,
// so that an edit never overtakes its question.
type lanes struct {
	slots chan struct{} // bounds the jobs under way at once

	mu      sync.Mutex
	closed  bool
	waiting map[string][]func()
	running sync.WaitGroup
}

func newLanes(parallel int) *lanes {
	return &lanes{slots: make(chan struct{}, parallel), waiting: map[string][]func(){}}
}

// do queues a job and returns at once; false after close, when it is not taken.
func (l *lanes) do(lane string, job func()) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return false
	}
	l.running.Add(1)
	queue, busy := l.waiting[lane]
	l.waiting[lane] = append(queue, job)
	if !busy {
		go l.drain(lane)
	}
	return true
}

// open reports whether jobs are still taken.
func (l *lanes) open() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return !l.closed
}

// drain runs the lane's jobs until there are none.
func (l *lanes) drain(lane string) {
	for {
		l.mu.Lock()
		queue := l.waiting[lane]
		if len(queue) == 0 {
			delete(l.waiting, lane)
			l.mu.Unlock()
			return
		}
		job := queue[0]
		l.waiting[lane] = queue[1:]
		l.mu.Unlock()

		l.slots <- struct{}{}
		job()
		<-l.slots
		l.running.Done()
	}
}

// close takes no more jobs, and returns when none is queued or under way.
func (l *lanes) close() {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.running.Wait()
}
