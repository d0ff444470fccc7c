// How replies look.

// chip is a question that is asked when pressed.
const chip = (w, text) => h("button", { type: "button", class: "chip", onclick: () => ask(w, text) }, text);

// prose is a reply's text, in which each question that can be asked is a chip.
const prose = (w, html, questions) => {
  const text = rich(html, w.words.tab);
  for (const li of text.querySelectorAll("li")) {
    if (questions.delete(li.textContent)) li.replaceChildren(chip(w, li.textContent));
    if (li.firstElementChild?.className === "chip") li.parentNode.className = "chips";
  }
  return text;
};

const actions = (list) =>
  list?.length && h("p", { class: "actions" }, ...list.map((a) => {
    const e = link(a.url, "", a.label);
    e.className = "button";
    return e;
  }));

const meta = (w, p) => {
  const { words } = w;
  const day = p.reviewed && new Date(p.reviewed + "T12:00").toLocaleDateString(w.options.lang || "en", { dateStyle: "long" });
  const n = p.sources.length;
  const text = [day && fill(words.reviewed, { date: day }), n && `${n} ${n > 1 ? words.sources : words.source}`];
  return h("details", { class: "meta", ontoggle: (e) => reveal(w, e.target) },
    h("summary", {}, text.filter(Boolean).join(" \u00b7 ")),
    h("ul", {},
      ...p.sources.map((s) => h("li", {}, link(s.url, words.tab, s.title))),
      h("li", {}, link(new URL(p.url, w.base).href, words.tab, words.page))));
};

// card is one reply. fresh is false for one that was there before the page.
const card = (w, turn, fresh) => {
  const { reply } = turn;
  const { words } = w;
  const urgent = reply.kind === "urgent";
  const questions = new Set(reply.suggestions);
  const body = h("div", { class: "said", ...(urgent && fresh && { role: "alert" }) });
  if (reply.heading) body.append(h("h3", {}, reply.heading));
  if (reply.kind === "answer") {
    for (const p of reply.passages) {
      if (p.otherwise) body.append(h("details", { class: "or", ontoggle: (e) => reveal(w, e.target) }, h("summary", {}, fill(words.otherwise, { title: p.title })), prose(w, p.html, questions), meta(w, p)));
      else body.append(h("h3", {}, p.title), prose(w, p.html, questions), meta(w, p));
      if (p.otherwise) questions.delete(p.title);
    }
  } else body.append(prose(w, reply.html, questions));
  const person = /unknown|handoff/.test(reply.kind);
  const article = h("article", { class: reply.kind }, body, actions(reply.actions),
    person && FACTS.hours && h("p", { class: "small" }, FACTS.hours), reply.cut && h("p", { class: "small" }, words.cut));
  if (/answer|unknown/.test(reply.kind)) article.append(tools(w, reply, article, body));
  if (questions.size) article.append(
    h("p", { class: "small next" }, words.next),
    h("ul", { class: "chips" }, ...[...questions].map((q) => h("li", {}, chip(w, q)))));
  return article;
};

// tools rate, copy and print a reply.
const tools = (w, reply, article, body) => {
  const { words } = w;
  const said = h("p", { class: "small", role: "status" });
  const more = h("div");
  const rate = (helpful) => (e) => {
    for (const b of article.querySelectorAll("[aria-pressed]")) b.setAttribute("aria-pressed", b === e.currentTarget);
    more.replaceChildren(helpful ? "" : excuse(w, reply, said));
    reveal(w, more);
    send(w, { reply: reply.id, helpful }, said);
  };
  const answer = reply.kind === "answer";
  return h("div", {},
    h("div", { class: "tools" },
      tool("up", words.helpful, rate(true), { "aria-pressed": "false" }),
      tool("down", words.unhelpful, rate(false), { "aria-pressed": "false" }),
      answer && tool("copy", words.copy, () => copy(w, reply, body, said)),
      answer && tool("print", words.print, () => print(w, article))),
    said, more);
};

// send sends a rating, and says what became of it.
const send = async (w, rating, said) => {
  said.textContent = "";
  try {
    await call(w.base, "api/rate", rating);
    said.textContent = w.words.thanks;
    tell(w, "rate", { id: rating.reply, helpful: rating.helpful });
    return true;
  } catch {
    said.textContent = w.words.unrated;
  }
};

// excuse asks for the reason of a bad rating; what was typed stays until it is sent.
const excuse = (w, reply, said) => {
  const text = h("textarea", { rows: 2, maxlength: 1000 });
  const form = h("form", { class: "why", onsubmit: async (e) => {
    e.preventDefault();
    if (await send(w, { reply: reply.id, helpful: false, comment: text.value }, said)) form.remove();
  } }, h("label", {}, w.words.why, text), h("button", { class: "button" }, w.words.send));
  return form;
};

const copy = async (w, reply, body, said) => {
  const texts = body.querySelectorAll(".text");
  const parts = reply.passages.filter((p) => !p.otherwise).flatMap((p, i) => [p.title, texts[i].innerText, ...p.sources.map((s) => `${s.title}: ${s.url}`), p.url]);
  said.textContent = (await clip(parts.join("\n\n"))) ? w.words.copied : w.words.uncopied;
};

// clip puts text on the clipboard, in the old way where the page has no https.
const clip = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const put = (e) => {
      e.preventDefault();
      e.clipboardData.setData("text/plain", text);
    };
    document.addEventListener("copy", put, { once: true });
    const done = document.execCommand("copy");
    document.removeEventListener("copy", put);
    return done;
  }
};

// print prints one reply: for that moment all else on the page is hidden.
const print = (w, article) => {
  const sheet = style(document, "@media print{body :not(massage-faq,:has(massage-faq)){display:none!important}}");
  const parts = [w.root, article];
  for (const p of parts) p.classList.add("printed");
  addEventListener("afterprint", () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((s) => s !== sheet);
    for (const p of parts) p.classList.remove("printed");
  }, { once: true });
  window.print();
};
