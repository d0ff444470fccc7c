// The demo: what is chosen goes to the widget in the frame at once, and into
// the line to paste.
(() => {
  "use strict";
  const form = document.getElementById("options");
  const frame = document.getElementById("stage");
  const snippet = document.getElementById("snippet");
  const copy = document.getElementById("copy");
  const first = snippet.textContent;
  const standard = new Map([...new FormData(form)]);

  // chosen are the options that differ from the widget's own.
  const chosen = () => [...new FormData(form)].filter(([name, value]) => value.trim() && value !== standard.get(name));

  const escape = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");

  const write = () => {
    const lines = chosen().map(([name, value]) => `\n  data-${name}="${escape(value.trim())}"`);
    snippet.textContent = first.replace(" defer", " defer" + lines.join(""));
  };

  const show = () => {
    const widget = frame.contentDocument?.querySelector("massage-faq");
    if (!widget) return;
    const now = new Map(chosen());
    for (const name of standard.keys()) {
      if (now.has(name)) widget.dataset[name] = now.get(name);
      else delete widget.dataset[name];
    }
    frame.contentWindow.MassageFAQ.open({ focus: false });
  };

  form.addEventListener("input", () => {
    write();
    show();
  });
  form.addEventListener("submit", (e) => e.preventDefault());
  frame.addEventListener("load", show);
  if (frame.contentDocument?.readyState === "complete") show();

  for (const b of document.querySelectorAll("[data-width]")) {
    b.addEventListener("click", () => {
      frame.className = b.dataset.width;
      for (const other of document.querySelectorAll("[data-width]")) other.setAttribute("aria-pressed", other === b);
    });
  }

  copy.hidden = false;
  copy.addEventListener("click", async () => {
    const said = document.getElementById("copied");
    try {
      await navigator.clipboard.writeText(snippet.textContent);
      said.textContent = "Copied.";
    } catch {
      getSelection().selectAllChildren(snippet);
      said.textContent = "Selected. Copy it with your keyboard.";
    }
  });
})();
