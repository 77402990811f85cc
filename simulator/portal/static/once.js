// A form is sent once: pressing its button twice must not end in an error for what has just succeeded.
// A form that downloads a file stays on the screen, and may be sent again (data-again).
"use strict";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || "again" in form.dataset) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});

// Coming back to a page that the browser kept: its forms may be sent again, and the server says what it thinks of it.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
