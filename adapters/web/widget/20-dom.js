// h makes an element: h("p", {class: "x", onclick: f}, "text", child).
const h = (tag, attrs = {}, ...children) => {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(attrs)) {
    if (k.startsWith("on")) e.addEventListener(k.slice(2), v);
    else if (v !== false && v != null) e.setAttribute(k, v === true ? "" : v);
  }
  e.append(...children.filter((c) => c));
  return e;
};

// Icons are strokes on a field of 24 by 24.
const ICONS = {
  ask: "M12 3c5 0 9 3.4 9 7.8s-4 7.8-9 7.8c-1 0-2-.1-2.9-.4L4.5 20.5l.9-4C3.9 15 3 13 3 10.8 3 6.4 7 3 12 3zM12 9.4a1.4 1.4 0 1 1 0 2.8 1.4 1.4 0 0 1 0-2.8zM12 6.2a4.6 4.6 0 1 1 0 9.2 4.6 4.6 0 0 1 0-9.2z",
  close: "M6 6l12 12M18 6L6 18",
  renew: "M4.5 12a7.5 7.5 0 1 0 2.4-5.5M4.5 4v4h4",
  send: "M12 19V5M6 11l6-6 6 6",
  up: "M7 10.5v9H4v-9zM7 11l4-7.5c1.5 0 2.3 1 2 2.5L12.5 9H18c1.5 0 2.3 1.2 2 2.5l-1.5 6.5c-.2 1-1 1.5-2 1.5H7",
  down: "M17 13.5v-9h3v9zM17 13l-4 7.5c-1.5 0-2.3-1-2-2.5l.5-3H6c-1.5 0-2.3-1.2-2-2.5L5.5 6c.2-1 1-1.5 2-1.5H17",
  copy: "M9 8h11v12H9zM15 8V4H4v12h5",
  print: "M7 8V4h10v4M7 17H4V8h16v9h-3M7 14h10v6H7z",
};

const SVG = "http://www.w3.org/2000/svg";

const icon = (name) => {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
};

// tool is a button that shows an icon only; its name is read out and shown on hover.
const tool = (name, label, onclick, attrs) =>
  h("button", { type: "button", class: "tool", "aria-label": label, title: label, onclick, ...attrs }, icon(name));

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };

const decode = (text) =>
  text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (all, dec, hex, name) =>
    name ? (ENTITIES[name] ?? all) : String.fromCodePoint(dec || parseInt(hex, 16)));

// link goes to the web in a new tab, so that the page with the chat stays; web
// says so to who cannot see it. An address of another kind than these is none.
const link = (href, web, ...children) => {
  const [, http] = /^(?:(https?)|tel|sms|mailto):/i.exec(href) ?? [href = null];
  return h("a", { href, ...(http && { target: "_blank", rel: "nofollow noopener" }) }, ...children, http && web && hidden(` (${web})`));
};

const hidden = (text) => h("span", { class: "vh" }, text);

// rich builds what the server's HTML says from the few elements that it may
// use. No HTML string ever reaches the page, so a strict policy with Trusted
// Types has nothing to forbid, and a server gone bad nothing to inject.
const rich = (html, web) => {
  const root = h("div", { class: "text" });
  let at = root;
  for (const [, close, tag, attrs, text] of html.matchAll(/<(\/?)(\w+)([^>]*)>|([^<]+)/g)) {
    if (text) at.append(decode(text));
    else if (tag === "br") at.append(h("br"));
    else if (/^(?:p|strong|em|ul|ol|li|code|a)$/.test(tag)) at = close ? leave(at, root) : enter(at, tag, attrs);
  }
  for (const a of root.querySelectorAll("[target]")) a.append(hidden(` (${web})`));
  return root;
};

const leave = (at, root) => (at === root ? root : at.parentNode);

const enter = (at, tag, attrs) => {
  const e = tag === "a" ? link(decode(/href="([^"]*)"/.exec(attrs)?.[1] ?? "")) : h(tag);
  at.append(e);
  return e;
};
