// A body's text put into the form where the cursor was; without this the server does it at the end.
(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-insert]")) {
    const form = button.form;
    const choice = form.elements.paragraph;
    const field = form.elements[button.dataset.insert];
    if (!choice || !field) continue;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const text = choice.selectedOptions[0]?.dataset.text;
      if (!text) return;
      const before = field.selectionStart > 0 && field.value[field.selectionStart - 1] !== "\n" ? "\n" : "";
      field.setRangeText(before + text, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
  }
})();
