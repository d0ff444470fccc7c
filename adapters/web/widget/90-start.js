// The start: the element's definition, one element unless the page has its own,
// and the page's way to speak to it.

const SCRIPT = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');
const BASE = new URL(".", SCRIPT?.src ?? location.href).href;

// made is an element's widget, made now if it is not yet.
const made = (host) => {
  if (!host.w) {
    host.w = build(host);
    tell(host.w, "ready", {});
  }
  return host.w;
};

class MassageFAQ extends HTMLElement {
  static observedAttributes = ["accent", "radius", "label", "title", "subtitle", "greeting", "starters", "strings", "lang", "dir", "scheme", "position"].map((a) => "data-" + a);

  // A launcher can wait until the page has done what it is about, and so it
  // does; what stands in the page may not move it later.
  connectedCallback() {
    if (this.hasAttribute("inline")) return made(this);
    setTimeout(() => this.isConnected && raise(made(this).host));
  }

  attributeChangedCallback() {
    if (this.w) configure(this.w);
  }
}

// raise puts the widget above everything, whatever the page does with z-index
// and transforms.
const raise = (host) => {
  if (!host.showPopover) return;
  host.popover = "manual";
  host.showPopover();
};

const start = () => {
  if (customElements.get("massage-faq")) return console.warn("massage-faq: widget.js is on this page twice");
  customElements.define("massage-faq", MassageFAQ);
  let host = document.querySelector("massage-faq");
  if (!host) {
    host = document.createElement("massage-faq");
    Object.assign(host.dataset, SCRIPT?.dataset);
    const attach = () => host.isConnected || document.body.append(host);
    attach();
    // Sites that swap the page's body without loading a page.
    new MutationObserver(attach).observe(document.documentElement, { childList: true });
  }
  window.MassageFAQ = {
    open: (how) => open(made(host), how?.focus === false),
    close: () => close(made(host)),
    ask: (text) => {
      open(made(host));
      return ask(host.w, String(text));
    },
    on: (name, f) => {
      const heard = (e) => f(e.detail);
      host.addEventListener("massagefaq:" + name, heard);
      return () => host.removeEventListener("massagefaq:" + name, heard);
    },
  };
  document.addEventListener("click", (e) => {
    if (e.target.closest?.('a[href="#massage-faq"]')) {
      e.preventDefault();
      open(made(host));
    }
  });
};

if (document.body && document.readyState !== "loading") start();
else document.addEventListener("DOMContentLoaded", start);
