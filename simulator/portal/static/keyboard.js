// The software keyboard: characters are collected in the dialog and handed to the password field on 決定.
"use strict";
(() => {
  const dialog = document.getElementById("software-keyboard");
  const shown = dialog.querySelector("output");
  const label = dialog.querySelector(".typed-for");
  let target = null;
  let typed = "";

  const show = () => { shown.textContent = "●".repeat(typed.length); };
  const actions = {
    delete: () => { typed = typed.slice(0, -1); show(); },
    clear: () => { typed = ""; show(); },
    cancel: () => dialog.close(),
    accept: () => {
      target.value = typed;
      target.dispatchEvent(new Event("input", { bubbles: true }));
      dialog.close();
    },
  };

  for (const button of document.querySelectorAll("[data-keyboard-for]")) {
    button.addEventListener("click", () => {
      target = document.getElementById(button.dataset.keyboardFor);
      label.textContent = document.querySelector(`label[for="${target.id}"]`).textContent;
      actions.clear();
      dialog.showModal();
    });
  }
  dialog.addEventListener("close", () => { typed = ""; show(); target.focus(); });
  dialog.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.key) { typed += button.dataset.key; show(); }
    else actions[button.dataset.action]();
  });
})();
