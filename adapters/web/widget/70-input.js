// The input: a combobox that grows. It is an editable element, since a text
// field has one line, and a text area may not be a combobox.

const LONGEST = 2000; // characters that the server reads

const makeInput = (w) => {
  const { words } = w;
  w.list = h("ul", { id: "list", role: "listbox", "aria-label": words.suggestions, hidden: true });
  w.input = h("div", {
    class: "input", role: "combobox", "aria-label": words.input, "aria-expanded": "false", "aria-controls": "list",
    "aria-autocomplete": "list", "aria-haspopup": "listbox", tabindex: 0, enterkeyhint: "send", "data-hint": words.input,
    oninput: () => typed(w), onbeforeinput: (e) => breakLine(w, e), onkeydown: (e) => key(w, e), onblur: () => closeList(w), onpaste: paste, ondrop: (e) => e.preventDefault(),
  });
  w.input.setAttribute("contenteditable", "plaintext-only");
  if (w.input.contentEditable !== "plaintext-only") w.input.contentEditable = "true";
  w.limit = h("p", { class: "small limit", role: "status" });
  return w.form = h("form", { class: "ask", onsubmit: (e) => {
    e.preventDefault();
    submit(w);
  } }, w.list, w.limit, h("div", { class: "field" }, w.input, h("button", { class: "send", "aria-label": words.send, title: words.send }, icon("send"))));
};

const typedText = (w) => w.input.innerText.replace(/\u00a0/g, " ");

const setInput = (w, text) => {
  w.input.textContent = text;
  typed(w);
};

// paste takes the text and leaves the dress.
const paste = (e) => {
  e.preventDefault();
  document.execCommand("insertText", false, e.clipboardData.getData("text/plain"));
};

// submit asks what stands in the input, or the suggestion that is marked. While
// an answer is under way, the text stays.
const submit = (w) => {
  const marked = w.list.querySelector("[aria-selected=true]");
  const text = marked ? marked.textContent : typedText(w);
  if (!text.trim() || w.pending) return focusInput(w);
  setInput(w, "");
  ask(w, text);
};

// breakLine sends where keys are not told apart, as on most phones: there the
// key that says "send" arrives as a new line.
const breakLine = (w, e) => {
  if (!/^insert(Paragraph|LineBreak)$/.test(e.inputType) || w.shift || e.isComposing) return;
  e.preventDefault();
  submit(w);
};

const key = (w, e) => {
  const options = [...w.list.children];
  w.shift = e.shiftKey;
  if (e.isComposing || e.keyCode === 229) return;
  if (e.key === "Enter" && !e.shiftKey) {
    e.preventDefault();
    submit(w);
  } else if (/^Arrow(Up|Down)$/.test(e.key) && options.length) {
    e.preventDefault();
    const n = options.length + 1;
    const at = options.findIndex((o) => o.ariaSelected === "true") + 1;
    mark(w, options[((at + (e.key === "ArrowDown" ? 1 : n - 1)) % n) - 1]);
  } else if (e.key === "Escape" && options.length) {
    e.stopPropagation();
    closeList(w);
  }
};

// mark marks one suggestion, or none.
const mark = (w, option) => {
  for (const o of w.list.children) o.setAttribute("aria-selected", o === option);
  if (option) w.input.setAttribute("aria-activedescendant", option.id);
  else w.input.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
};

const closeList = (w) => {
  clearTimeout(w.typing);
  w.looking?.abort();
  offer(w, []);
};

const offer = (w, titles) => {
  w.list.replaceChildren(...titles.map((t, i) => h("li", {
    id: "o" + i, role: "option", "aria-selected": "false",
    onpointerdown: (e) => e.preventDefault(),
    onclick: () => {
      mark(w, w.list.children[i]);
      submit(w);
    },
  }, t)));
  w.list.hidden = !titles.length;
  w.input.setAttribute("aria-expanded", !!titles.length);
  mark(w);
};

// typed looks for suggestions once the person pauses; a long text is a story,
// for which there is none.
const typed = (w) => {
  const text = typedText(w).trim();
  if (!text) w.input.replaceChildren();
  w.limit.textContent = text.length > LONGEST ? w.words.long : "";
  clearTimeout(w.typing);
  w.looking?.abort();
  if (text.length < 3 || text.length > 80) return offer(w, []);
  w.typing = setTimeout(() => look(w, text), 150);
};

const look = async (w, text) => {
  w.looking = new AbortController();
  try {
    const { suggestions } = await call(w.base, "api/suggest?q=" + encodeURIComponent(text), null, w.looking.signal);
    if (text === typedText(w).trim() && w.input.matches(":focus")) offer(w, suggestions);
  } catch {
    // Suggestions are a courtesy; trouble is told when a question is asked.
  }
};
