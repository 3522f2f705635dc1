// The hall desk: a line is kept on this device before it is sent, sent in order, and forgotten once the server has it.
// Without this script the form works as an ordinary form. The server keeps a line sent twice once (sent_as).
(() => {
  "use strict";
  const form = document.getElementById("line");
  if (!form) return;
  const words = form.dataset;
  const list = document.getElementById("waiting");
  const connection = document.getElementById("connection");
  const KEY = `doithoai.hall.${words.keyName}`;
  const DRAFT = `${KEY}.draft`;
  const RETRY = 4000;
  const PAUSE = 600; // milliseconds without a key
  let busy = false;
  let memory = null; // used when the device refuses to keep anything

  const fresh = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  // Reading anew each time keeps two tabs of one browser in step.
  const read = () => memory || JSON.parse(localStorage.getItem(KEY) || "[]");

  function write(lines) {
    try {
      localStorage.setItem(KEY, JSON.stringify(lines));
      memory = null;
    } catch {
      memory = lines;
      connection.textContent = words.textFull;
    }
  }

  const change = (id, values) => write(read().map((line) => (line.id === id ? { ...line, ...values } : line)));
  const remove = (id) => write(read().filter((line) => line.id !== id));

  const typed = () =>
    Object.fromEntries(Array.from(new FormData(form)).filter(([name]) => name !== "csrfmiddlewaretoken"));

  function put(values) {
    Array.from(form.elements).forEach((field) => {
      if (!field.name || field.name === "csrfmiddlewaretoken") return;
      if (field.type === "radio") field.checked = values[field.name] === field.value;
      else if (field.type === "checkbox") field.checked = field.name in values;
      else field.value = values[field.name] || "";
    });
  }

  function element(tag, text, className) {
    const made = document.createElement(tag);
    made.textContent = text || "";
    if (className) made.className = className;
    return made;
  }

  function link(text, address) {
    const made = element("a", text);
    made.href = address;
    return made;
  }

  const STATES = { waiting: ["textWaiting", "badge is-today"], kept: ["textKept", "badge is-good"], refused: ["textRefused", "badge is-late"] };

  function row(line) {
    const made = element("li");
    const [text, look] = STATES[line.state];
    made.dataset.line = line.id;
    made.dataset.state = line.state;
    made.append(element("span", words[text], look), " ", element("span", line.values.text, "prewrap"));
    if (line.values.speaker) made.append(" ", element("small", line.values.speaker, "muted"));
    (line.errors || []).forEach((error) => made.append(element("p", error, "field-error")));
    if (line.state === "refused") {
      const button = element("button", words.textMend, "link");
      button.type = "button";
      button.addEventListener("click", () => mend(line.id));
      made.append(button);
    }
    return made;
  }

  // What has just been kept is shown from memory only: a secret is never written to the device.
  function keptRow(line, answer) {
    const made = row({ ...line, state: "kept", errors: [] });
    made.append(" ", link(`${answer.number} · ${answer.code}`, answer.url));
    if (answer.receipt) made.append(element("p", answer.receipt, "receipt"));
    (answer.warnings || []).forEach((warning) => made.append(element("p", warning, "field-error")));
    made.append(" ", link(words.textSlip, answer.slip));
    return made;
  }

  function show() {
    list.querySelectorAll("li:not([data-state=kept])").forEach((old) => old.remove());
    read().forEach((line) => list.prepend(row(line)));
  }

  function mend(id) {
    const line = read().find((each) => each.id === id);
    if (!line) return;
    if (form.elements.text.value.trim()) take();
    remove(id);
    put({ ...line.values, sent_as: line.id });
    askSecret(Boolean(line.secret));
    localStorage.setItem(DRAFT, JSON.stringify(typed()));
    show();
    form.elements.text.focus();
  }

  function clear() {
    const place = form.elements.place.value;
    warn([]);
    askSecret(false);
    put({ how: "settle", sent_as: fresh(), place });
    localStorage.removeItem(DRAFT);
    form.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
    form.querySelectorAll(".field-error, .errors").forEach((error) => error.remove());
    form.elements.speaker.focus();
  }

  function take() {
    const values = typed();
    if (!values.text.trim()) {
      form.elements.text.focus();
      return;
    }
    write([...read(), { id: values.sent_as || fresh(), state: "waiting", values }]);
    clear();
    show();
    pump();
  }

  function token() {
    // After signing in again in another tab the cookie is newer than the token this page was drawn with.
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return cookie ? cookie[1] : form.elements.csrfmiddlewaretoken.value;
  }

  async function send(line) {
    const body = new FormData();
    Object.entries({ ...line.values, sent_as: line.id }).forEach(([name, value]) => body.append(name, value));
    return fetch(words.lineUrl, {
      method: "POST", body, redirect: "manual", headers: { Accept: "application/json", "X-CSRFToken": token() },
    });
  }

  // Somebody who looked at the mark of a state secret says that it is none; asked only once there is such a mark.
  function askSecret(asked) {
    document.getElementById("secret").hidden = !asked;
    if (!asked) form.elements.not_secret.checked = false;
  }

  function warn(sentences) {
    const box = document.getElementById("warnings");
    const said = document.createElement("div");
    said.append(...sentences.map((sentence) => element("p", sentence)));
    box.replaceChildren(said);
    box.hidden = !sentences.length;
  }

  // While it is typed: does it sound like another procedure, or like danger? Without a connection nothing is said,
  // and the server leaves such a line for somebody to decide.
  async function check() {
    const text = form.elements.text.value;
    if (!text.trim()) return warn([]);
    const body = new FormData();
    body.append("text", text);
    try {
      const answer = await fetch(words.checkUrl, { method: "POST", body, redirect: "manual", headers: { "X-CSRFToken": token() } });
      if (!answer.ok) return;
      const said = await answer.json();
      if (text !== form.elements.text.value) return;
      warn(said.warnings);
      askSecret(said.secret);
    } catch {
      warn([]);
    }
  }

  // The sentence of a refusal that came as a page.
  function sentence(text) {
    const page = new DOMParser().parseFromString(text, "text/html");
    return page.querySelector("main .lead")?.textContent.trim() || words.textRefusal;
  }

  async function settle(line, answer) {
    if (answer.type === "opaqueredirect") throw new Error(words.textSignIn);
    if (answer.ok) {
      const said = await answer.json();
      remove(line.id);
      list.prepend(keptRow(line, said));
      return;
    }
    if (answer.status >= 500 || answer.status === 429) throw new Error(words.textOffline);
    const json = (answer.headers.get("Content-Type") || "").includes("json");
    const said = json ? await answer.json() : { errors: [sentence(await answer.text())] };
    change(line.id, { state: "refused", errors: said.errors, secret: Boolean(said.secret) });
  }

  // One after another, in the order they were taken down; a refused line does not hold the others up.
  async function pump() {
    if (busy) return;
    busy = true;
    try {
      for (let next = waiting(); next; next = waiting()) {
        await settle(next, await send(next));
        connection.textContent = "";
        show();
      }
    } catch (trouble) {
      connection.textContent = trouble instanceof TypeError ? words.textOffline : trouble.message;
    } finally {
      busy = false;
    }
    show();
  }

  const waiting = () => read().find((line) => line.state === "waiting");

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation(); // the page's guard against double sending would put the button to sleep
    take();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      take();
    }
  });
  form.addEventListener("input", () => {
    try {
      localStorage.setItem(DRAFT, JSON.stringify(typed()));
    } catch {
      connection.textContent = words.textFull;
    }
  });
  let typing = 0;
  form.elements.text.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(check, PAUSE);
  });
  window.addEventListener("online", pump);
  window.addEventListener("storage", (event) => event.key === KEY && show());
  window.addEventListener("beforeunload", (event) => {
    if (memory && memory.length) event.preventDefault();
  });
  setInterval(() => waiting() && pump(), RETRY);

  const draft = localStorage.getItem(DRAFT);
  if (draft && !form.querySelector("[aria-invalid=true]")) put(JSON.parse(draft));
  if (form.elements.not_secret.checked) askSecret(true);
  show();
  pump();
  form.elements.speaker.focus();
})();
