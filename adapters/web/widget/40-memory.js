// The open conversation outlives a page change, in this tab, for this session.
// Blocked storage means that it does not; nothing else changes.
const KEY = "massage-faq";

const recall = () => {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
};

// remember keeps the last turns; null forgets. The words of an urgent message
// are not kept.
const remember = (state) => {
  try {
    if (!state) return sessionStorage.removeItem(KEY);
    const turns = state.turns.slice(-20).map((t) => (t.reply?.kind === "urgent" ? { reply: t.reply } : { question: t.question, reply: t.reply }));
    sessionStorage.setItem(KEY, JSON.stringify({ ...state, turns }));
  } catch {
    // Blocked or full: the conversation lives as long as the page.
  }
};

const newThread = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join("");
