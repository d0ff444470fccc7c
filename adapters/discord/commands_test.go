package discord

import (
	"bytes"
	"strings"
	"testing"
)

// Commands are registered once, and again only when they changed.
func TestRegister(t *testing.T) {
	w := newWorld(t, nil)
	if n := w.fake.count("POST", "/commands$"); n != 2 {
		t.Errorf("first start: %d registrations, want 2", n)
	}
	again := func() int {
		w.end()
		before := w.fake.count("POST", "/commands$")
		w.make(nil)
		w.run()
		return w.fake.count("POST", "/commands$") - before
	}
	if n := again(); n != 0 {
		t.Errorf("second start: %d registrations, want none", n)
	}
	for name, change := range map[string]func(map[string]any){
		"description":  func(c map[string]any) { c["description"] = "another" },
		"localisation": func(c map[string]any) { c["name_localizations"] = nil },
		"contexts":     func(c map[string]any) { c["contexts"] = []any{0} },
		"installs":     func(c map[string]any) { c["integration_types"] = []any{0} },
		"options":      func(c map[string]any) { c["options"] = c["options"].([]any)[:2] },
		"autocomplete": func(c map[string]any) {
			delete(c["options"].([]any)[0].(map[string]any)["options"].([]any)[0].(map[string]any), "autocomplete")
		},
		"gone": func(c map[string]any) { c["name"] = "other" },
	} {
		w.fake.mu.Lock()
		change(w.fake.commands[""][findCommand(w.fake.commands[""], slashName)])
		w.fake.mu.Unlock()
		if n := again(); n != 1 {
			t.Errorf("after a change of %s: %d registrations, want 1", name, n)
		}
	}
}

func findCommand(list []map[string]any, name string) int {
	for i, c := range list {
		if c["name"] == name {
			return i
		}
	}
	return -1
}

// In guilds, the commands are there and no longer everywhere; those of others
// stay.
func TestRegisterInGuilds(t *testing.T) {
	w := newWorld(t, nil)
	w.fake.commands[""] = append(w.fake.commands[""], map[string]any{"id": "7", "type": 4, "name": "launch", "description": ""})
	w.end()
	w.make(func(c *Config) { c.Guilds = []string{fakeGuild} })
	w.run()
	if n := len(w.fake.commands[fakeGuild]); n != 2 {
		t.Errorf("%d commands in the guild, want 2", n)
	}
	if list := w.fake.commands[""]; len(list) != 1 || list[0]["name"] != "launch" {
		t.Errorf("commands everywhere: %v, want only launch", list)
	}
}

func TestRegisterFails(t *testing.T) {
	w := prepare(t, func(c *Config) { c.Guilds = []string{fakeGuild} })
	w.fake.fail("GET", "/guilds/", -1, 403, `{"message":"Missing Access","code":50001}`)
	w.run()
	if got := w.ask(ana, directly, "How long does a session take?"); !strings.Contains(wording(got), "75 minutes") {
		t.Errorf("answer: %s", show(got))
	}
	if !strings.Contains(w.log.String(), "commands could not be registered") {
		t.Error("nobody was told")
	}
}

func TestInvite(t *testing.T) {
	const want = "https://discord.com/oauth2/authorize?client_id=100000000000000001&permissions=274877975552&scope=bot+applications.commands"
	if got := Invite(fakeApp); got != want {
		t.Errorf("Invite = %s, want %s", got, want)
	}
}

func TestCheck(t *testing.T) {
	verify := strings.Repeat("ab", 32)
	for _, c := range []struct {
		name   string
		change func(*Config)
		world  func(*fake)
		want   []string
		fails  bool
	}{
		{"all well", func(c *Config) { c.PublicKey, c.Forums = verify, []string{forum} }, func(f *fake) {
			f.app["interactions_endpoint_url"], f.app["flags"] = "https://faq.example/discord/interactions", 1<<19
			f.channels[forum] = map[string]any{"id": forum, "type": 15, "name": "help", "available_tags": []any{map[string]any{"id": "5", "name": "Solved"}}}
		}, []string{`ok     token: application "FAQ"`, "ok     public key", "ok     message content intent", "ok     gateway: 1 shard", "note   commands: 2 to register", `ok     forum "help"`}, false},
		{"token refused", func(c *Config) { c.Token = "WRONG" }, nil, []string{"wrong  token: refused; reset it"}, true},
		{"settings", func(c *Config) { c.Token, c.PublicKey, c.Guilds = "", "abc", []string{"home"} }, nil, []string{"wrong  DISCORD_PUBLIC_KEY has 3 characters", `wrong  DISCORD_GUILDS: "home" is not an id`}, true},
		{"another key", func(c *Config) { c.PublicKey = strings.Repeat("cd", 32) }, nil, []string{"wrong  public key: not that of this application"}, true},
		{"another application", func(c *Config) { c.AppID = "100000000000000099" }, nil, []string{"wrong  DISCORD_APP_ID"}, true},
		{"endpoint without key", nil, func(f *fake) { f.app["interactions_endpoint_url"] = "https://x.example" }, []string{"wrong  interactions go to https://x.example"}, true},
		{"guild without us", func(c *Config) { c.Guilds = []string{fakeGuild} }, func(f *fake) { f.fail("GET", "/guilds/", -1, 403, `{"code":50001}`) }, []string{"not allowed; add the bot with https://discord.com/oauth2"}, true},
		{"no forum", func(c *Config) { c.Forums = []string{forum} }, nil, []string{"wrong  forum " + forum + ": not to be seen"}, true},
		{"forum is none", func(c *Config) { c.Forums = []string{general} }, func(f *fake) {
			f.channels[general] = map[string]any{"id": general, "type": 0, "name": "general"}
		}, []string{`channel "general" is not a forum`}, true},
		{"HTTP only", func(c *Config) { c.Token, c.PublicKey = "", verify }, nil, []string{"note   no DISCORD_TOKEN"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := newFake(t)
			f.app["verify_key"] = verify
			if c.world != nil {
				c.world(f)
			}
			cfg := Config{Token: fakeToken, API: f.api()}
			if c.change != nil {
				c.change(&cfg)
			}
			var out bytes.Buffer
			err := Check(t.Context(), cfg, &out)
			if (err != nil) != c.fails {
				t.Errorf("Check = %v, want an error: %v", err, c.fails)
			}
			for _, line := range c.want {
				if !strings.Contains(out.String(), line) {
					t.Errorf("no line with %q in\n%s", line, &out)
				}
			}
			if strings.Contains(out.String(), fakeToken) {
				t.Error("the token is shown")
			}
			for _, r := range f.requests {
				if r.Method != "GET" {
					t.Errorf("Check changed something: %s %s", r.Method, r.Path)
				}
			}
		})
	}
}

func TestConfig(t *testing.T) {
	b := newTestBot(t, nil)
	for _, c := range []struct {
		config Config
		want   []string // parts of the error; none: no error
	}{
		{Config{Bot: b, Token: "x"}, nil},
		{Config{Bot: b, PublicKey: strings.Repeat("0a", 32)}, nil},
		{Config{}, []string{"no bot", "neither DISCORD_TOKEN"}},
		{Config{Bot: b, Token: "Bot x"}, []string{"white space"}},
		{Config{Bot: b, PublicKey: strings.Repeat("0", 63)}, []string{"63 characters"}},
		{Config{Bot: b, PublicKey: strings.Repeat("z", 64)}, []string{"not hexadecimal"}},
		{Config{Bot: b, Token: "x", Forums: []string{"#help"}, AppID: "1"}, []string{`DISCORD_FORUMS: "#help"`, `DISCORD_APP_ID: "1"`}},
		{Config{Bot: b, Token: "x", Base: "faq.example"}, []string{"not an http or https address"}},
	} {
		_, err := New(c.config)
		if (err != nil) != (len(c.want) > 0) {
			t.Errorf("New(%+v) = %v", c.config, err)
		}
		for _, part := range c.want {
			if err == nil || !strings.Contains(err.Error(), part) {
				t.Errorf("New = %v, want %q in it", err, part)
			}
		}
	}
}
