package slack

import (
	"strings"

	slackgo "github.com/slack-go/slack"
)

// Slack's limits, in characters unless it says otherwise. The tests hold every
// payload against a table of all of them, with where each is documented.
const (
	maxSection     = 3000 // text of a section
	maxHeader      = 150
	maxButton      = 75
	maxValue       = 2000   // of a button
	maxBlocks      = 50     // blocks in a message
	maxViewBlocks  = 100    // blocks in a modal or a Home tab
	maxMessage     = 12_000 // of all blocks together: Slack refuses some 13,200, "msg_blocks_too_long"
	maxFallback    = 4000   // the text beside the blocks: Slack advises no more
	maxInput       = 3000   // of a text input's value
	maxTitle       = 24     // of a modal
	maxPlaceholder = 150
	maxConfirm     = 300
	maxMetadata    = 3000 // private_metadata of a view
	maxPrompts     = 4    // suggested prompts of the assistant panel
)

// markup is a text that Slack formats. It is verbatim: Slack would otherwise
// look for names of channels and people in it and link them.
func markup(s string) *slackgo.TextBlockObject {
	return slackgo.NewTextBlockObject(slackgo.MarkdownType, s, false, true)
}

// label is a text that Slack shows as it stands.
func label(s string) *slackgo.TextBlockObject {
	return slackgo.NewTextBlockObject(slackgo.PlainTextType, s, true, false)
}

// sections are as many sections as the text needs, cut at the ends of
// paragraphs or sentences, never folded behind "see more".
func sections(text string) []slackgo.Block {
	var out []slackgo.Block
	for _, piece := range split(text, maxSection) {
		out = append(out, slackgo.NewSectionBlock(markup(piece), nil, nil, slackgo.SectionBlockOptionExpand(true)))
	}
	return out
}

// heading is a title: a header block, or bold text if it is too long for one.
func heading(title string) slackgo.Block {
	title = strings.Join(strings.Fields(title), " ")
	if size(title) > maxHeader {
		return slackgo.NewSectionBlock(markup("*"+plain(shorten(title, maxSection/6))+"*"), nil, nil)
	}
	return slackgo.NewHeaderBlock(slackgo.NewTextBlockObject(slackgo.PlainTextType, title, false, false))
}

// row is a line of text with a button at its end.
func row(text string, b *slackgo.ButtonBlockElement) slackgo.Block {
	return slackgo.NewSectionBlock(markup(shorten(text, maxSection)), nil, slackgo.NewAccessory(b))
}

// small is a line of small print.
func small(text string) slackgo.Block {
	return slackgo.NewContextBlock("", markup(shorten(text, maxSection)))
}

// button is a button that sends value back under the action id. Ids have to
// differ within a message: "ask:0", "ask:1".
func button(id, text, value string) *slackgo.ButtonBlockElement {
	b := slackgo.NewButtonBlockElement(id, prefix(value, maxValue), label(shorten(text, maxButton)))
	if size(text) > 30 { // Slack may cut it there
		b.AccessibilityLabel = shorten(text, maxButton)
	}
	return b
}

// buttons is a line of buttons, nil without any.
func buttons(bs ...*slackgo.ButtonBlockElement) []slackgo.Block {
	var elements []slackgo.BlockElement
	for _, b := range bs {
		if b != nil {
			elements = append(elements, b)
		}
	}
	if elements == nil {
		return nil
	}
	return []slackgo.Block{slackgo.NewActionBlock("", elements...)}
}

// sure asks before the button does what it does.
func sure(b *slackgo.ButtonBlockElement, title, text, yes string) *slackgo.ButtonBlockElement {
	return b.WithConfirm(slackgo.NewConfirmationBlockObject(label(title), label(shorten(text, maxConfirm)), label(yes), label("Cancel")))
}

// field is a text input with its label.
func field(block, name, initial string, multiline bool) *slackgo.InputBlock {
	in := slackgo.NewPlainTextInputBlockElement(nil, block).
		WithMultiline(multiline).WithMaxLength(maxInput).WithInitialValue(prefix(initial, maxInput))
	return slackgo.NewInputBlock(block, label(name), nil, in)
}

// search is a text input that asks as soon as Enter is pressed.
func search(block, name, initial, placeholder string) *slackgo.InputBlock {
	in := slackgo.NewPlainTextInputBlockElement(label(shorten(placeholder, maxPlaceholder)), block).
		WithMaxLength(maxInput).WithInitialValue(prefix(strings.Join(strings.Fields(initial), " "), maxInput)).
		WithDispatchActionConfig(&slackgo.DispatchActionConfig{TriggerActionsOn: []string{"on_enter_pressed"}})
	return slackgo.NewInputBlock(block, label(name), nil, in).WithDispatchAction(true).WithOptional(true)
}

// note is a text in other people's words, shown as a quotation and not parsed
// at all: it mentions nobody whatever it holds.
func note(id, text string) slackgo.Block {
	element := slackgo.NewRichTextSectionTextElement(prefix(text, maxSection), nil)
	return slackgo.NewRichTextBlock(id, &slackgo.RichTextQuote{Type: slackgo.RTEQuote, Elements: []slackgo.RichTextSectionElement{element}})
}

// weight is about how much of a message's room a block takes.
func weight(b slackgo.Block) int {
	switch b := b.(type) {
	case *slackgo.SectionBlock:
		return size(b.Text.Text) + 50
	case *slackgo.RichTextBlock:
		return maxSection
	}
	return 250
}

// fit keeps as many blocks as a message takes, and says so when some are left
// out. The last keep blocks, the buttons, stay in any case.
func fit(blocks []slackgo.Block, keep int) []slackgo.Block {
	room, total := maxMessage, 0
	for _, b := range blocks {
		total += weight(b)
	}
	if total <= room && len(blocks) <= maxBlocks {
		return blocks
	}
	tail := blocks[len(blocks)-keep:]
	room -= 250
	for _, b := range tail {
		room -= weight(b)
	}
	var head []slackgo.Block
	for _, b := range blocks[:len(blocks)-keep] {
		if room -= weight(b); room < 0 || len(head)+1+keep >= maxBlocks {
			break
		}
		head = append(head, b)
	}
	return append(append(head, small("_The rest does not fit into a Slack message._")), tail...)
}
