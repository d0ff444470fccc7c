package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"massagefaq": main})
}

// TestScripts tells stories of the program as its users live them.
func TestScripts(t *testing.T) {
	path := shippedProgram(t)
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(env *testscript.Env) error {
			if path != "" {
				env.Setenv("PATH", path+string(filepath.ListSeparator)+env.Getenv("PATH"))
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"serve": startServer,
			"stop":  stopServer,
			"http":  request,
			"await": await,
		},
	})
}

// shippedProgram is a folder with the program as it is shipped. To look for races
// makes its start seven times as long, so that only servers, which "serve" starts,
// are what the test was built as. It is empty where the test looks for none.
func shippedProgram(t *testing.T) string {
	info, _ := debug.ReadBuildInfo()
	if info == nil || !slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"}) {
		return ""
	}
	dir := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", dir, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return dir
}

// startServer is "serve ARGS...": it starts the program on a free port, waits
// until it answers, and puts its address into $URL.
func startServer(ts *testscript.TestScript, neg bool, args []string) {
	binary, err := exec.LookPath("massagefaq")
	ts.Check(err)
	cmd := exec.Command(binary, append([]string{"serve", "-listen", "localhost:0"}, args...)...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = []string{"PATH=" + ts.Getenv("PATH"), "HOME=" + ts.Getenv("HOME")}
	log, err := os.Create(ts.MkAbs("server.log"))
	ts.Check(err)
	cmd.Stderr = log
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	first := bufio.NewScanner(out)
	if !first.Scan() {
		cmd.Wait()
		ts.Fatalf("server did not start: %s", ts.ReadFile("server.log"))
	}
	go io.Copy(io.Discard, out)
	_, url, _ := strings.Cut(first.Text(), " on ")
	ts.Setenv("URL", url)
	ts.Setenv("ADDRESS", strings.TrimPrefix(url, "http://"))
	servers[ts] = cmd
	ts.Defer(func() { cmd.Process.Kill(); log.Close() })
}

// servers are the servers under way, one a script; scripts run one at a time.
var servers = map[*testscript.TestScript]*exec.Cmd{}

// stopServer is "stop": it asks the server to end and expects that it does well.
func stopServer(ts *testscript.TestScript, neg bool, args []string) {
	cmd := servers[ts]
	ts.Check(cmd.Process.Signal(syscall.SIGTERM))
	ts.Check(cmd.Wait())
}

// request is "http METHOD PATH [BODY]"; status, type and body go to the file "response".
func request(ts *testscript.TestScript, neg bool, args []string) {
	body := ""
	if len(args) > 2 {
		body = args[2]
	}
	if strings.HasPrefix(body, "@") {
		body = ts.ReadFile(body[1:])
	}
	req, err := http.NewRequest(args[0], ts.Getenv("URL")+args[1], strings.NewReader(body))
	ts.Check(err)
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	ts.Check(err)
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	ts.Check(err)
	var out bytes.Buffer
	fmt.Fprintf(&out, "%s\n%s\n%s\n", resp.Status, resp.Header.Get("Content-Type"), data)
	ts.Check(os.WriteFile(ts.MkAbs("response"), out.Bytes(), 0o644))
}

// await is "await PATH TEXT": it asks for PATH until the response has TEXT. The
// limit is for a server that never will, on a machine with other work to do.
func await(ts *testscript.TestScript, neg bool, args []string) {
	deadline := time.Now().Add(30 * time.Second)
	for {
		request(ts, false, []string{"GET", args[0]})
		if strings.Contains(ts.ReadFile("response"), args[1]) {
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("%s never had %q; the last was\n%s", args[0], args[1], ts.ReadFile("response"))
		}
		time.Sleep(20 * time.Millisecond)
	}
}
