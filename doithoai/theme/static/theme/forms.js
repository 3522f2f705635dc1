// Forms that lose nothing: drafts of long texts, no double sending, counted characters, files weighed first.
// Everything here is a convenience; the server checks the same things again.
(() => {
  "use strict";
  const texts = document.body.dataset;
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const PREFIX = "doithoai.draft.";

  // Drafts: <form data-draft="name">. Secrets, files and hidden fields are never kept.
  const kept = (form) =>
    Array.from(form.elements).filter(
      (field) => field.name && !/^(password|file|hidden|submit|button)$/.test(field.type) && !("private" in field.dataset),
    );

  const ticked = (field) => field.type === "radio" || field.type === "checkbox";

  function save(form) {
    const values = kept(form)
      .filter((field) => (ticked(field) ? field.checked : field.value))
      .map((field) => [field.name, field.value]);
    sessionStorage.setItem(PREFIX + form.dataset.draft, JSON.stringify(values));
  }

  // What the server filled in, or the reader has already typed, is newer than any draft.
  function untouched(field) {
    if (ticked(field)) return field.checked === field.defaultChecked;
    return !("defaultValue" in field) || field.value === field.defaultValue;
  }

  function put(field, values) {
    const wanted = values.filter(([name]) => name === field.name).map(([, value]) => value);
    if (ticked(field)) field.checked = wanted.includes(field.value);
    else if (wanted.length) field.value = wanted[0];
  }

  function offerFresh(form) {
    const note = document.createElement("p");
    const button = document.createElement("button");
    const words = document.createElement("span");
    note.className = "callout";
    note.setAttribute("role", "status");
    words.textContent = texts.textRestored + " ";
    button.type = "button";
    button.className = "link";
    button.textContent = texts.textDiscard;
    button.addEventListener("click", () => {
      sessionStorage.removeItem(PREFIX + form.dataset.draft);
      form.reset();
      note.remove();
    });
    words.append(button);
    note.append(words);
    form.prepend(note);
  }

  function restore(form) {
    const draft = sessionStorage.getItem(PREFIX + form.dataset.draft);
    if (!draft || form.querySelector("[aria-invalid=true]")) return;
    if (!kept(form).every(untouched)) return;
    kept(form).forEach((field) => put(field, JSON.parse(draft)));
    offerFresh(form);
  }

  // A page that says what was sent carries <meta name="draft-sent" content="name">.
  document
    .querySelectorAll("meta[name=draft-sent]")
    .forEach((meta) => sessionStorage.removeItem(PREFIX + meta.content));

  // Counting: <textarea maxlength="5000">.
  function count(area) {
    const line = document.createElement("p");
    const limit = Number(area.maxLength);
    line.className = "counter";
    area.after(line);
    const show = () => {
      const used = area.value.length;
      line.textContent = fill(texts.textCount, { used, limit });
      line.classList.toggle("is-full", used >= limit);
      line.setAttribute("aria-live", used >= limit * 0.9 ? "polite" : "off");
    };
    area.addEventListener("input", show);
    show();
  }

  // Files: <input type="file" data-max-bytes="10000000">.
  const megabytes = (bytes) => (bytes / 1e6).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });

  function weigh(input) {
    const limit = Number(input.dataset.maxBytes);
    const large = Array.from(input.files).find((file) => file.size > limit);
    const words = large
      ? fill(texts.textLarge, { name: large.name, size: megabytes(large.size), limit: megabytes(limit) })
      : "";
    input.setCustomValidity(words);
    if (words) input.reportValidity();
  }

  // Double sending: the button sleeps once its form is on the way.
  function sleep(form, button) {
    form.dataset.sent = "1";
    if (!button) return;
    setTimeout(() => {
      button.setAttribute("aria-busy", "true");
      if (texts.textSending && button.tagName === "BUTTON" && !button.children.length) {
        button.dataset.words = button.textContent;
        button.textContent = texts.textSending;
      }
    }, 0);
  }

  function wake(form) {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => {
      button.removeAttribute("aria-busy");
      if (button.dataset.words) button.textContent = button.dataset.words;
    });
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.target === "_blank" || "again" in form.dataset) return;
    if (form.dataset.sent) event.preventDefault();
    else sleep(form, event.submitter);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest && event.target.closest("form");
    if (form) wake(form);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(wake);
  });

  function begin(root) {
    root.querySelectorAll("form[data-draft]").forEach((form) => {
      restore(form);
      form.addEventListener("input", () => save(form));
    });
    root.querySelectorAll("textarea[maxlength]").forEach(count);
    root.querySelectorAll("input[type=file][data-max-bytes]").forEach((input) => {
      input.addEventListener("change", () => weigh(input));
    });
  }

  begin(document);
  document.addEventListener("htmx:load", (event) => {
    if (event.target !== document.body) begin(event.target);
  });
  document.querySelector(".errors[role=alert]")?.focus();
})();
