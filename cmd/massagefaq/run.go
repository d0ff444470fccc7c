package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/joho/godotenv"
)

const about = `Answers questions about medical massage from reviewed passages: on the web, in Slack, in Discord, in the terminal.

Every flag can be written with one dash or two, and has the environment variable named beside it as its default.
A file named .env in the working directory is read too. Secrets come from the environment only:
SLACK_APP_TOKEN, SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, DISCORD_TOKEN, DISCORD_PUBLIC_KEY.`

// commands are what the program can do.
type commands struct {
	Serve   serve      `cmd:"" help:"Answer on the web, and in Slack and Discord where their tokens are set."`
	Ask     ask        `cmd:"" help:"Answer one question in the terminal, or JSON lines with -json -."`
	Chat    chatCmd    `cmd:"" help:"Hold a conversation in the terminal."`
	Check   checkCmd   `cmd:"" help:"Report every mistake in the content, with file and line."`
	Eval    evalCmd    `cmd:"" help:"Score question files, or with -beir a folder in BEIR layout."`
	Import  importCmd  `cmd:"" help:"Turn a web page, CSV, Markdown or schema.org FAQPage into Markdown to review."`
	Export  exportCmd  `cmd:"" help:"Write the content as JSON-LD, CSV or a BEIR folder."`
	Report  reportCmd  `cmd:"" help:"What was asked, what was missing, what helped."`
	Slack   slackCmd   `cmd:"" help:"Set Slack up."`
	Discord discordCmd `cmd:"" help:"Set Discord up."`
	Fit     fit        `cmd:"" hidden:"" help:"Learn index/weights.json from the content, question files and BEIR folders."`
	Version version    `cmd:"" help:"Print the version."`
}

// world is what a command has of the outside.
type world struct {
	ctx    context.Context
	getenv func(string) string
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	log    *slog.Logger
}

// run is the program. Nothing below it exits or reads the environment.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	getenv, err := withDotenv(getenv)
	if err != nil {
		return err
	}
	level, err := logLevel(getenv("LOG_LEVEL"))
	if err != nil {
		return err
	}
	w := &world{ctx: ctx, getenv: getenv, stdin: os.Stdin, stdout: stdout, stderr: stderr}
	w.log = slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: level}))
	return w.run(args)
}

// exited is how kong's wish to exit, after -help, comes back through its parser.
type exited int

func (w *world) run(args []string) (err error) {
	defer func() {
		switch v := recover().(type) {
		case nil:
		case exited:
			if v != 0 {
				err = fmt.Errorf("exit %d", v)
			}
		default:
			panic(v)
		}
	}()
	var c commands
	parser, err := kong.New(&c, kong.Name("massagefaq"), kong.Description(about), kong.Writers(w.stdout, w.stderr),
		kong.Exit(func(code int) { panic(exited(code)) }), kong.Resolvers(settings(w.getenv)), kong.ValueFormatter(nameSetting),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}), kong.Bind(w))
	if err != nil {
		return err
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	k, err := parser.Parse(twoDashes(args))
	if err != nil {
		return fmt.Errorf("%w (see massagefaq -help)", err)
	}
	return k.Run()
}

// twoDashes lets flags be written the Go way, with one dash. A negative number
// is joined to the flag before it, which then says what it wants instead.
func twoDashes(args []string) []string {
	var out []string
	for i, a := range args {
		if a == "--" {
			return append(out, args[i:]...)
		}
		if len(a) > 2 && a[0] == '-' && a[1] >= 'a' && a[1] <= 'z' && !strings.ContainsAny(a, " \t\n") {
			a = "-" + a
		}
		last := len(out) - 1
		if len(a) > 1 && a[0] == '-' && a[1] >= '0' && a[1] <= '9' && last >= 0 && strings.HasPrefix(out[last], "--") && !strings.Contains(out[last], "=") {
			out[last] += "=" + a
			continue
		}
		out = append(out, a)
	}
	return out
}

// withDotenv puts .env behind the real environment.
func withDotenv(getenv func(string) string) (func(string) string, error) {
	file, err := godotenv.Read()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return getenv, nil
	case err != nil:
		return nil, fmt.Errorf("read .env: %w; want lines such as PRACTICE_PHONE=616-555-0100", err)
	}
	return func(name string) string {
		if v := getenv(name); v != "" {
			return v
		}
		return file[name]
	}, nil
}

// settings resolves a flag that was not given from the variable in its tag.
func settings(getenv func(string) string) kong.Resolver {
	return kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		if name := flag.Tag.Get("setting"); name != "" {
			if v := getenv(name); v != "" {
				return v, nil
			}
		}
		return nil, nil
	})
}

// nameSetting shows the variable of a flag in the help.
func nameSetting(v *kong.Value) string {
	if name := v.Tag.Get("setting"); name != "" {
		return v.Help + " [$" + name + "]"
	}
	return v.Help
}

// logLevel reads LOG_LEVEL; nothing is info.
func logLevel(name string) (l slog.Level, err error) {
	if name != "" && l.UnmarshalText([]byte(name)) != nil {
		return l, fmt.Errorf("LOG_LEVEL %q: want debug, info, warn or error", name)
	}
	return l, nil
}
