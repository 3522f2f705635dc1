// Keys on officials' pages: / searches, j k move, Enter opens, ? explains, one letter per act.
// WCAG 2.2, 2.1.4: single letters can be turned off, and never work while somebody types.
(() => {
  "use strict";
  const OFF = "doithoai.keys.off";
  const dialog = document.getElementById("keys");
  const off = document.getElementById("keys-off");
  let here = null;

  const rows = () => Array.from(document.querySelectorAll("[data-row]")).filter((row) => row.offsetParent !== null);
  const typing = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  const silent = () => localStorage.getItem(OFF) === "1";

  function stand(row) {
    if (here) here.classList.remove("is-here");
    here = row;
    row.classList.add("is-here");
    const link = row.querySelector("a[href]");
    if (link) link.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function move(step) {
    const all = rows();
    if (!all.length) return;
    const next = here && all.includes(here) ? all.indexOf(here) + step : step > 0 ? 0 : all.length - 1;
    stand(all[Math.max(0, Math.min(all.length - 1, next))]);
  }

  function explain() {
    if (!dialog || dialog.open) return;
    const list = dialog.querySelector("dl");
    list.querySelectorAll("[data-act]").forEach((line) => line.remove());
    for (const act of document.querySelectorAll("[data-key]")) {
      const line = document.createElement("div");
      const key = document.createElement("dt");
      const name = document.createElement("dd");
      const letter = document.createElement("kbd");
      line.dataset.act = "";
      letter.textContent = act.dataset.key;
      name.textContent = act.textContent.trim();
      key.append(letter);
      line.append(key, name);
      list.append(line);
    }
    dialog.showModal();
  }

  const COMMANDS = {
    "/": () => document.getElementById("search")?.focus(),
    j: () => move(1),
    k: () => move(-1),
    "?": explain,
  };

  function open() {
    const link = here?.querySelector("a[href]");
    if (!link || document.activeElement !== document.body) return false;
    link.click();
    return true;
  }

  function run(key) {
    if (key === "Enter") return open();
    if (silent() && key !== "?") return false;
    if (COMMANDS[key]) return COMMANDS[key](), true;
    const act = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (act) act.click();
    return Boolean(act);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (event.key.length > 1 && event.key !== "Enter") return;
    if (typing(event.target) || (dialog && dialog.open)) return;
    if (run(event.key)) event.preventDefault();
  });

  if (off) {
    off.checked = silent();
    off.addEventListener("change", () => localStorage.setItem(OFF, off.checked ? "1" : "0"));
  }
})();
