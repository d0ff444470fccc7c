// A question gives up after SLOW.end ms, and says that it is slow after SLOW.start.
const SLOW = { start: 3000, end: 15000 };

// Trouble is why there is no reply: offline late busy broken blocked, or the
// server's own words.
class Trouble extends Error {
  constructor(kind, detail, wait = 0) {
    super(kind);
    Object.assign(this, { kind, detail, wait });
  }
}

// call speaks to the server. The body goes as plain text, which spares a page
// of another site the preflight's round trip.
const call = async (base, path, body, signal = AbortSignal.timeout(SLOW.end)) => {
  let answer;
  try {
    answer = await fetch(base + path, {
      method: body ? "POST" : "GET",
      body: body && JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      signal,
    });
    if (answer.ok) return answer.status === 204 ? null : await answer.json();
  } catch (e) {
    if (e.name === "TimeoutError") throw new Trouble("late");
    if (e instanceof SyntaxError) throw new Trouble("broken");
    if (e.name === "AbortError") throw e;
    throw new Trouble(await reason(base));
  }
  throw await refusal(answer);
};

const refusal = async (answer) => {
  if (answer.status === 429) return new Trouble("busy", "", +answer.headers.get("Retry-After") || 5);
  const problem = await answer.json().catch(() => ({}));
  return answer.status < 500 && problem.detail ? new Trouble("refused", problem.detail) : new Trouble("broken");
};

// reason tells a page that may not ask from a server that cannot be reached: a
// request whose answer nobody may read still says that somebody answers.
const reason = async (base) => {
  const elsewhere = new URL(base).origin !== location.origin;
  if (!navigator.onLine || !elsewhere) return "offline";
  try {
    await fetch(base + "healthz", { mode: "no-cors", cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(4000) });
  } catch {
    return "offline";
  }
  const file = location.protocol === "file:";
  console.error(`massage-faq: ${base} does not answer ` + (file
    ? "a page opened from a file. Open the page from a web server instead."
    : `pages of ${location.origin}. Its owner can allow them: WIDGET_ORIGINS=${location.origin}`));
  return "blocked";
};
