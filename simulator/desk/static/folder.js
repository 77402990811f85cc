// A file is opened by double click, or by 開く in the menu of the right button (CRT-34); Enter presses it at once.
"use strict";
const files = document.querySelector("[data-files]");
const menu = document.createElement("div");
const open = document.createElement("button");
menu.className = "context-menu";
menu.hidden = true;
open.name = "press";
menu.append(open);
files.after(menu);

files.addEventListener("click", event => {
  // The keyboard's press has no clicks to count.
  if (event.detail > 0 && event.target.closest("button")) event.preventDefault();
});
files.addEventListener("dblclick", event => {
  const file = event.target.closest("button");
  if (file) file.form.requestSubmit(file);
});
files.addEventListener("contextmenu", event => {
  const file = event.target.closest("button");
  if (!file) return;
  event.preventDefault();
  open.value = file.value;
  open.textContent = file.dataset.menu;
  menu.hidden = false;
  open.focus();
});
menu.addEventListener("keydown", event => {
  if (event.key === "Escape") menu.hidden = true;
});
