// The start: the element's definition, one element unless the page has its own,
// and the page's way to speak to it.

const SCRIPT = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');
const BASE = new URL(".", SCRIPT?.src ?? location.href).href;

class MassageFAQ extends HTMLElement {
  static observedAttributes = ["accent", "radius", "label", "title", "subtitle", "greeting", "starters", "strings", "lang", "dir", "scheme", "position"].map((a) => "data-" + a);

  connectedCallback() {
    this.w ??= build(this);
    if (!this.w.inline && this.showPopover) {
      // Above everything, whatever the page does with z-index and transforms.
      this.popover = "manual";
      this.showPopover();
    }
  }

  attributeChangedCallback() {
    if (this.w) configure(this.w);
  }
}

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
  const { w } = host;
  window.MassageFAQ = {
    open: () => open(w),
    close: () => close(w),
    ask: (text) => {
      open(w);
      return ask(w, String(text));
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
      open(w);
    }
  });
  tell(w, "ready", {});
};

if (document.body && document.readyState !== "loading") start();
else document.addEventListener("DOMContentLoaded", start);
