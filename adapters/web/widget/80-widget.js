// The element: closed a button, open a panel; inline a panel that is always open.

const small = matchMedia("(max-width: 480px), (max-height: 480px)");
const touch = matchMedia("(pointer: coarse)");

// tell tells the page: an event on the element, that bubbles.
const tell = (w, name, detail) => w.host.dispatchEvent(new CustomEvent("massagefaq:" + name, { bubbles: true, composed: true, detail }));

// focusInput moves the keyboard's focus to the input, except where that would
// bring up a keyboard on the screen.
const focusInput = (w) => {
  if (!touch.matches) w.input.focus({ preventScroll: true });
};

// style gives a document or a shadow one more style sheet, by a way that no
// policy for inline styles forbids.
const style = (scope, text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  scope.adoptedStyleSheets.push(sheet);
  return sheet;
};

// build makes the widget of an element: w is all that it knows.
const build = (host) => {
  const root = h("section", { class: "root" });
  const saved = recall();
  const w = { host, root, inline: host.hasAttribute("inline"), state: { thread: saved.thread ?? newThread(), turns: saved.turns ?? [], open: saved.open } };
  w.shadow = host.attachShadow({ mode: "open" });
  style(w.shadow, LAUNCH);
  w.shadow.append(root);
  root.addEventListener("keydown", (e) => panelKey(w, e));
  configure(w);
  addEventListener("online", () => w.state.turns.at(-1)?.retry?.());
  small.addEventListener("change", () => fit(w));
  for (const name of ["resize", "scroll"]) visualViewport?.addEventListener(name, () => fit(w));
  return w;
};

// configure reads the options and draws the widget anew. What was said stays.
const configure = (w) => {
  const { host, root } = w;
  w.options = host.dataset;
  w.words = { ...WORDS, ...own(w.options.strings) };
  if (FACTS.name) w.words.subtitle = FACTS.name;
  for (const k of ["label", "title", "subtitle", "greeting"]) if (w.options[k]) w.words[k] = w.options[k];
  w.base = new URL(w.options.api || BASE, location.href).href.replace(/\/?$/, "/");
  for (const k of ["accent", "radius"]) if (w.options[k]) host.style.setProperty("--mf-" + k, w.options[k]);
  root.lang = w.options.lang || "en";
  if (w.options.dir) root.dir = w.options.dir;
  root.setAttribute("aria-label", w.words.title);
  draw(w);
};

const own = (strings) => {
  try {
    return JSON.parse(strings ?? "{}");
  } catch (e) {
    console.error("massage-faq: data-strings is not JSON:", e.message);
  }
};

// draw draws what is seen first: the launcher, or inline the panel. The panel
// of a closed widget is made when it is opened, so that a page pays nothing for
// a chat that nobody wants.
const draw = (w) => {
  const { words, root, inline } = w;
  const wasOpen = w.panel && !w.panel.hidden;
  w.panel = null;
  w.launch = h("button", { type: "button", class: "launch", "aria-haspopup": "dialog", "aria-expanded": "false", onclick: () => open(w) }, icon("ask"), h("span", {}, words.label));
  w.log = h("div", { class: "vh", role: "log", "aria-live": "polite" });
  root.classList.toggle("inline", inline);
  root.replaceChildren(...(inline ? [] : [w.launch]), w.log);
  if (inline) drawPanel(w);
  else if (wasOpen || (w.state.open && !small.matches)) open(w, true);
};

const drawPanel = (w) => {
  const { words, inline } = w;
  w.dressed ??= style(w.shadow, PANEL);
  w.thread = h("div", { class: "thread", tabindex: 0, role: "group", "aria-label": words.thread });
  w.panel = h("div", { class: "panel", tabindex: -1, ...(!inline && { role: "dialog", "aria-labelledby": "title", hidden: true }) },
    h("header", {}, h("div", {}, h("h2", { id: "title" }, words.title), h("p", {}, words.subtitle)),
      tool("renew", words.renew, () => renew(w)),
      !inline && tool("close", words.close, () => close(w))),
    w.thread, makeInput(w));
  w.log.before(w.panel);
  begin(w);
  restore(w);
};

// open opens the panel. quiet leaves the focus where it is.
const open = (w, quiet) => {
  if (!w.panel) drawPanel(w);
  if (w.inline || !w.panel.hidden) return quiet || focusInput(w);
  w.opener = document.activeElement;
  w.panel.hidden = false;
  w.launch.hidden = true;
  w.state.open = 1;
  fit(w);
  if (w.state.turns.length) {
    remember(w.state);
    scrollTo(w, w.state.turns.at(-1));
  }
  if (!quiet) touch.matches ? w.panel.focus() : w.input.focus();
  tell(w, "open", {});
};

const close = (w) => {
  if (w.inline || !w.panel || w.panel.hidden) return;
  w.panel.hidden = true;
  w.launch.hidden = false;
  w.state.open = 0;
  if (w.state.turns.length) remember(w.state);
  const back = w.opener && w.opener !== w.host && w.opener !== document.body && w.opener.isConnected ? w.opener : w.launch;
  back.focus();
  tell(w, "close", {});
};

// fit keeps a panel that fills the screen above the keyboard on the screen.
const fit = (w) => {
  if (!w.panel) return;
  const v = visualViewport;
  const full = small.matches && !w.inline;
  const shrunk = full && v?.scale === 1;
  w.panel.style.height = shrunk ? v.height + "px" : "";
  w.panel.style.top = shrunk ? v.offsetTop + "px" : "";
  if (w.inline) return;
  if (full) w.panel.setAttribute("aria-modal", "true");
  else w.panel.removeAttribute("aria-modal");
};

const panelKey = (w, e) => {
  if (e.key === "Escape" && !e.isComposing) close(w);
  if (e.key !== "Tab" || !small.matches || w.inline || w.panel.hidden) return;
  const stops = [...w.panel.querySelectorAll("button,a[href],[tabindex='0'],textarea,summary")].filter((s) => s.checkVisibility() && !s.disabled);
  const at = w.host.shadowRoot.activeElement;
  const [first, last] = [stops[0], stops.at(-1)];
  if (e.shiftKey ? at === first || at === w.panel : at === last) {
    e.preventDefault();
    (e.shiftKey ? last : first).focus();
  }
};
