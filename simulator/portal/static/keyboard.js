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

  // Positions tell nothing of what is typed when they change with every opening.
  const shuffle = (row) => {
    const keys = [...row.children];
    for (let last = keys.length - 1; last > 0; last -= 1) {
      const other = crypto.getRandomValues(new Uint32Array(1))[0] % (last + 1);
      [keys[last], keys[other]] = [keys[other], keys[last]];
    }
    row.replaceChildren(...keys);
  };

  for (const button of document.querySelectorAll("[data-keyboard-for]")) {
    button.addEventListener("click", () => {
      target = document.getElementById(button.dataset.keyboardFor);
      label.textContent = document.querySelector(`label[for="${target.id}"]`).textContent;
      actions.clear();
      if ("shuffle" in dialog.dataset) dialog.querySelectorAll(".row").forEach(shuffle);
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
