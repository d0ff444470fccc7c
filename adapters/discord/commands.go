package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/bwmarrin/discordgo"
)

// Names of the commands as people see them. Discord shows the names of
// localisations below where the person's language is one of these.
const (
	slashName = "massage"
	menuName  = "Find an FAQ answer"
)

// maxAsked is how long a question may be: more is not looked at.
const maxAsked = 2000

type local = map[discordgo.Locale]string

// spanish is a text for both of Discord's kinds of Spanish.
func spanish(s string) local {
	return local{discordgo.SpanishES: s, discordgo.SpanishLATAM: s}
}

// wanted are the commands as they should be. Where a command can be used is said
// for those that are not bound to a guild.
func wanted(guild string) []*discordgo.ApplicationCommand {
	slashNames, menuNames := spanish("masaje"), spanish("Buscar una respuesta")
	about := spanish("Preguntas y respuestas sobre masaje médico")
	list := []*discordgo.ApplicationCommand{{
		Type: discordgo.ChatApplicationCommand, Name: slashName, NameLocalizations: &slashNames,
		Description: "Questions and answers about medical massage", DescriptionLocalizations: &about,
		Options: []*discordgo.ApplicationCommandOption{
			subcommand("ask", "Ask a question", spanish("preguntar"), spanish("Haz una pregunta (respuestas en inglés)"), questionOption(), privateOption()),
			subcommand("topics", "Browse the questions by topic", spanish("temas"), spanish("Ver las preguntas por tema")),
			subcommand("about", "What this is, and how to use it", spanish("acerca"), spanish("Qué es esto y cómo se usa")),
		},
	}, {
		Type: discordgo.MessageApplicationCommand, Name: menuName, NameLocalizations: &menuNames,
	}}
	if guild == "" {
		for _, c := range list {
			c.Contexts = &[]discordgo.InteractionContextType{discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM, discordgo.InteractionContextPrivateChannel}
			c.IntegrationTypes = &[]discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall, discordgo.ApplicationIntegrationUserInstall}
		}
	}
	return list
}

func subcommand(name, description string, names, descriptions local, options ...*discordgo.ApplicationCommandOption) *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionSubCommand, Name: name, NameLocalizations: names,
		Description: description, DescriptionLocalizations: descriptions, Options: options,
	}
}

func questionOption() *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionString, Name: "question", NameLocalizations: spanish("pregunta"),
		Description: "In your own words", DescriptionLocalizations: spanish("Con tus propias palabras"),
		Required: true, Autocomplete: true, MaxLength: maxAsked,
	}
}

func privateOption() *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionBoolean, Name: "private", NameLocalizations: spanish("privado"),
		Description: "Only you see the answer", DescriptionLocalizations: spanish("Solo tú ves la respuesta"),
	}
}

// register makes Discord's list of our commands what it should be, with as few
// requests as that takes: none when nothing has changed. With guilds, the
// commands live there, and those that were everywhere go. Commands of the same
// application that are not ours are left alone.
func (a *Adapter) register(ctx context.Context) error {
	if len(a.guilds) == 0 {
		return a.registerIn(ctx, "")
	}
	var failed []error
	for _, guild := range a.guilds {
		failed = append(failed, a.registerIn(ctx, guild))
	}
	return errors.Join(append(failed, a.unregister(ctx))...)
}

func (a *Adapter) registerIn(ctx context.Context, guild string) error {
	app := a.app.Load().ID
	stale, err := a.stale(ctx, guild)
	if err != nil {
		return err
	}
	for _, c := range stale {
		if err := a.rest.upsert(ctx, app, guild, c); err != nil {
			return fmt.Errorf("register command %q%s: %w", c.Name, place(guild), err)
		}
		a.log.Info("discord: command registered", "command", c.Name, "guild", guild)
	}
	return nil
}

func place(guild string) string {
	if guild == "" {
		return ""
	}
	return " in guild " + guild
}

// stale are the wanted commands that Discord does not have as they should be.
func (a *Adapter) stale(ctx context.Context, guild string) ([]*discordgo.ApplicationCommand, error) {
	have, err := a.rest.commands(ctx, a.app.Load().ID, guild)
	if err != nil {
		return nil, fmt.Errorf("list commands%s: %w", place(guild), err)
	}
	return slices.DeleteFunc(wanted(guild), func(w *discordgo.ApplicationCommand) bool {
		return slices.ContainsFunc(have, func(h *discordgo.ApplicationCommand) bool { return h != nil && same(w, h) })
	}), nil
}

// unregister removes our commands from everywhere: beside those of a guild,
// people there would see them twice.
func (a *Adapter) unregister(ctx context.Context) error {
	app := a.app.Load().ID
	have, err := a.rest.commands(ctx, app, "")
	if err != nil {
		return fmt.Errorf("list commands: %w", err)
	}
	for _, h := range have {
		ours := h != nil && slices.ContainsFunc(wanted(""), func(w *discordgo.ApplicationCommand) bool { return w.Name == h.Name && w.Type == h.Type })
		if !ours {
			continue
		}
		if err := a.rest.removeCommand(ctx, app, "", h.ID); err != nil {
			return fmt.Errorf("remove command %q: %w", h.Name, err)
		}
		a.log.Info("discord: command removed from everywhere", "command", h.Name)
	}
	return nil
}

// same reports whether Discord's command is the wanted one. Only what we set is
// compared: Discord adds ids, versions and defaults.
func same(want, have *discordgo.ApplicationCommand) bool {
	return essence(want) == essence(have)
}

// essence is what matters of a command, as text.
func essence(c *discordgo.ApplicationCommand) string {
	type shape struct {
		Type                discordgo.ApplicationCommandType
		Name, Description   string
		Names, Descriptions local
		Contexts            []discordgo.InteractionContextType
		Installs            []discordgo.ApplicationIntegrationType
		Options             []any
	}
	s := shape{Type: max(c.Type, discordgo.ChatApplicationCommand), Name: c.Name, Description: c.Description,
		Names: filled(c.NameLocalizations), Descriptions: filled(c.DescriptionLocalizations), Options: optionEssence(c.Options)}
	if c.Contexts != nil {
		s.Contexts = slices.Sorted(slices.Values(*c.Contexts))
	}
	if c.IntegrationTypes != nil {
		s.Installs = slices.Sorted(slices.Values(*c.IntegrationTypes))
	}
	text, _ := json.Marshal(s)
	return string(text)
}

func filled(m *local) local {
	if m == nil || len(*m) == 0 {
		return nil
	}
	return *m
}

func optionEssence(options []*discordgo.ApplicationCommandOption) []any {
	var out []any
	for _, o := range options {
		if o != nil {
			out = append(out, []any{o.Type, o.Name, o.Description, filled(&o.NameLocalizations), filled(&o.DescriptionLocalizations),
				o.Required, o.Autocomplete, o.MaxLength, optionEssence(o.Options)})
		}
	}
	return out
}
