//go:build conformance

package slack

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"
)

// The Slack of these tests is held here against peers that know nothing of us:
// Slack's own client drives it, Slack's own types describe every payload, and
// another Slack, the emulator "emulate", plays a story with the adapter.
//
//	go test -tags conformance ./adapters/slack
//
// The npm packages are pinned in testdata/conformance/package-lock.json.

const peerFolder = "testdata/conformance"

var installed = sync.OnceValue(func() error {
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			return err
		}
	}
	npm := exec.Command("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
	npm.Dir = peerFolder
	if out, err := npm.CombinedOutput(); err != nil {
		return fmt.Errorf("npm ci: %w\n%s", err, out)
	}
	return nil
})

// needPeers installs the npm packages as the lock file says.
func needPeers(t *testing.T) {
	t.Helper()
	err := installed()
	switch {
	case err == nil:
	case os.Getenv("CI") == "true":
		t.Fatal(err)
	default:
		t.Skipf("SKIPPED: Slack's own client and types are not at hand, so nothing proves the fake Slack right: %v", err)
	}
}

// peer is a Node program that prints what it sees, a line of JSON each.
type peer struct {
	t     *testing.T
	lines chan map[string]any
	log   safeBuffer
}

func startPeer(t *testing.T, script string, env ...string) *peer {
	t.Helper()
	needPeers(t)
	p := &peer{t: t, lines: make(chan map[string]any, 100)}
	node := exec.Command("node", script)
	node.Dir = peerFolder
	node.Env = append(os.Environ(), env...)
	stdin, err := node.StdinPipe() // its end is the peer's
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := node.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	node.Stderr = &p.log
	if err := node.Start(); err != nil {
		t.Fatal(err)
	}
	go p.listen(stdout)
	t.Cleanup(func() {
		stdin.Close()
		late := time.AfterFunc(5*time.Second, func() { node.Process.Kill() })
		node.Wait()
		late.Stop()
		if t.Failed() {
			t.Logf("%s:\n%s", script, p.log.String())
		}
	})
	return p
}

func (p *peer) listen(r io.Reader) {
	defer close(p.lines)
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		fmt.Fprintln(&p.log, lines.Text())
		var line map[string]any
		if json.Unmarshal(lines.Bytes(), &line) == nil {
			p.lines <- line
		}
	}
}

// next is the next line.
func (p *peer) next() map[string]any {
	p.t.Helper()
	select {
	case line, open := <-p.lines:
		if !open {
			p.t.Fatalf("the peer has ended")
		}
		return line
	case <-time.After(30 * time.Second):
		p.t.Fatalf("the peer says nothing")
	}
	return nil
}

// saw waits until the peer has seen something of the kind.
func (p *peer) saw(what string) map[string]any {
	p.t.Helper()
	for {
		line := p.next()
		switch line["saw"] {
		case what:
			return line
		case "error":
			p.t.Fatalf("waiting for %q: %v", what, line["message"])
		}
	}
}
