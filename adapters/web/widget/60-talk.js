// The conversation: asking, waiting, trouble and trying again.

// ask asks a question and shows what comes back. It resolves to the reply, or
// to nothing when there is none.
const ask = async (w, question) => {
  question = question.trim();
  if (!question || w.pending) return;
  const turn = { question };
  w.state.turns.push(turn);
  show(w, turn);
  closeList(w);
  focusInput(w);
  return attempt(w, turn);
};

// show puts the turn's question at the end of the conversation.
const show = (w, turn) => {
  turn.answer = h("div", {});
  turn.node = h("div", { class: "turn" },
    turn.question && h("p", { class: "you" }, h("span", { class: "vh" }, w.words.you + ": "), turn.question),
    turn.answer);
  w.thread.append(turn.node);
  w.panel.classList.add("talking");
};

// attempt gets the turn's reply, or shows why there is none and a way to try again.
const attempt = async (w, turn) => {
  const slow = setTimeout(() => wait.lastChild.textContent = w.words.slow, SLOW.start);
  const wait = h("p", { class: "wait" }, h("i", {}), h("span", {}, w.words.wait));
  turn.answer.replaceChildren(wait);
  scrollTo(w, turn);
  w.pending = true;
  tell(w, "ask", {});
  try {
    turn.reply = await call(w.base, "api/ask", { question: turn.question, thread: w.state.thread });
    if (!turn.reply?.kind) throw new Trouble("broken");
    settle(w, turn);
    return turn.reply;
  } catch (e) {
    turn.reply = null;
    trouble(w, turn, e);
  } finally {
    clearTimeout(slow);
    w.pending = false;
    remember(w.state);
  }
};

// settle shows the reply and has it read out once.
const settle = (w, turn) => {
  const article = card(w, turn, true);
  turn.answer.replaceChildren(article);
  if (turn.reply.kind !== "urgent") announce(w, article.querySelector(".said"));
  scrollTo(w, turn);
  tell(w, "reply", { id: turn.reply.id, kind: turn.reply.kind });
};

// scrollTo brings a turn to the upper edge of the conversation, so that a long
// answer is read from its beginning. The page itself does not move. In a low
// window it is the panel that scrolls.
const scrollTo = (w, turn) => {
  w.thread.scrollTop = turn.node.offsetTop;
  w.panel.scrollTop = w.thread.offsetTop + turn.node.offsetTop;
};

// reveal scrolls as little as shows what has just unfolded at the lower edge.
const reveal = (w, node) => {
  const over = node.getBoundingClientRect().bottom - w.form.getBoundingClientRect().top + 12;
  if (over > 0) for (const scroller of [w.thread, w.panel]) scroller.scrollTop += over;
};

// announce has a screen reader say a text once, when it is free. It is taken
// away after a while, so that nobody meets it twice when reading on.
const announce = (w, said) => {
  const text = said.querySelectorAll ? [...said.querySelectorAll("h3,.text")].map((e) => e.innerText).join("\n") : said;
  w.log.replaceChildren(h("p", {}, text));
  clearTimeout(w.hush);
  w.hush = setTimeout(() => w.log.replaceChildren(), 20000);
};

const trouble = (w, turn, e) => {
  const kind = e.kind ?? "broken";
  if (!e.kind) console.error("massage-faq:", e);
  const text = [e.detail || fill(w.words[kind], { n: e.wait }), FACTS.phone && fill(w.words.call, { phone: FACTS.phone })].filter(Boolean).join(" ");
  const again = h("button", { type: "button", class: "button", onclick: () => {
    focusInput(w);
    attempt(w, turn);
  } }, w.words.retry);
  if (e.wait) {
    again.disabled = true;
    setTimeout(() => again.disabled = false, e.wait * 1000);
  }
  turn.answer.replaceChildren(h("article", { class: "trouble" }, h("p", {}, text),
    h("p", { class: "actions" }, kind !== "refused" && again)));
  turn.retry = kind === "offline" && (() => again.isConnected && attempt(w, turn));
  announce(w, text);
  scrollTo(w, turn);
  tell(w, "trouble", { kind });
};

// restore shows what the page before had.
const restore = (w) => {
  for (const turn of w.state.turns) {
    show(w, turn);
    if (turn.reply) turn.answer.append(card(w, turn, false));
    else trouble(w, turn, new Trouble("late"));
  }
  w.log.replaceChildren();
};

// begin greets, with questions to start from.
const begin = (w) => {
  const { words, options } = w;
  const own = options.starters?.split("|").map((text) => ({ text: text.trim() }));
  w.panel.classList.remove("talking");
  w.thread.replaceChildren(h("div", { class: "hello" },
    h("p", { class: "greeting" }, words.greeting),
    h("ul", { class: "starters" }, ...(own ?? FACTS.starters ?? []).map((s) =>
      h("li", {}, h("button", { type: "button", onclick: () => ask(w, s.text) }, s.topic && h("small", {}, s.topic), " ", s.text)))),
    h("p", { class: "small" }, words.note)));
};

// renew forgets the conversation.
const renew = (w) => {
  w.state = { thread: newThread(), turns: [] };
  remember(null);
  w.log.replaceChildren();
  begin(w);
  focusInput(w);
};
