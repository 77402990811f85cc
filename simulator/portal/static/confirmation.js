// The confirmation message becomes a window that has to be answered first; Esc answers it too, as it does an alert.
"use strict";
(() => {
  const dialog = document.getElementById("confirmation");
  dialog.close();
  dialog.showModal();
  dialog.querySelector("button").focus();
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    (dialog.querySelector("form[data-cancels]") ?? dialog.querySelector("form")).submit();
  });
  // What goes on in a window of its own leaves this one as it was before the question.
  dialog.addEventListener("submit", (event) => {
    if (event.target.target === "_blank") dialog.close();
  });
})();
