// The menu bar as a disclosure navigation (WAI-ARIA Authoring Practices): its lists unfold under the mouse, with the
// keyboard's focus, and by a tap. Without this script hover and focus unfold them by the style sheet.
"use strict";
(() => {
  const bar = document.querySelector(".menu-bar");
  if (!bar) return;
  const groups = [...bar.querySelectorAll(".group")].map((item, number) => {
    const [button, list] = [item.querySelector("button"), item.querySelector("ul")];
    list.id ||= `menu-${number}`;
    button.setAttribute("aria-controls", list.id);
    return { item, button, list };
  });

  const isOpen = (group) => group.button.getAttribute("aria-expanded") === "true";
  const fold = (group) => group.button.setAttribute("aria-expanded", "false");
  const foldOthers = (group) => groups.filter((other) => other !== group).forEach(fold);
  const unfold = (group) => {
    foldOthers(group);
    group.button.setAttribute("aria-expanded", "true");
  };
  groups.forEach(fold);
  bar.classList.add("scripted");

  for (const group of groups) {
    const { item, button } = group;
    let wasOpen = false;
    item.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && unfold(group));
    item.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse" && !item.contains(document.activeElement)) fold(group);
    });
    item.addEventListener("focusin", () => document.activeElement.matches(":focus-visible") && unfold(group));
    // This is also what a tap on anything else does.
    item.addEventListener("focusout", (event) => item.contains(event.relatedTarget) || fold(group));
    // The focus comes before the click: what counts is how the list was when the finger came down.
    button.addEventListener("pointerdown", () => { wasOpen = isOpen(group); });
    button.addEventListener("click", (event) => {
      const byMouse = event.pointerType === "mouse"; // it unfolded the list when it came
      const open = event.detail && !byMouse ? wasOpen : isOpen(group);
      if (byMouse || !open) unfold(group);
      else fold(group);
    });
  }

  const entries = [...bar.querySelectorAll(":scope > ul > li")].map((item) => item.querySelector("button"));
  const among = (buttons, button, step) => buttons[(buttons.indexOf(button) + step + buttons.length) % buttons.length];
  const groupOf = (element) => groups.find(({ item }) => item.contains(element));

  function target(key, button) {
    const group = groupOf(button);
    const isEntry = entries.includes(button);
    const functions = group ? [...group.list.querySelectorAll("button")] : [];
    const top = isEntry ? button : group.button;
    if (key === "ArrowRight") return among(entries, top, 1);
    if (key === "ArrowLeft") return among(entries, top, -1);
    if (key === "Home") return isEntry ? entries[0] : functions[0];
    if (key === "End") return isEntry ? entries.at(-1) : functions.at(-1);
    if (!functions.length) return null;
    if (key === "ArrowDown") return isEntry ? functions[0] : among(functions, button, 1);
    if (key === "ArrowUp") return isEntry ? functions.at(-1) : among(functions, button, -1);
    return null;
  }

  bar.addEventListener("keydown", (event) => {
    const button = event.target.closest("button");
    if (!button || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const next = target(event.key, button);
    if (!next) return;
    event.preventDefault();
    const group = groupOf(next);
    if (group) unfold(group); // what is not shown cannot take the focus
    next.focus();
  });

  // Also what only the mouse has unfolded goes, for it may cover something.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = groups.find(isOpen);
    if (!open) return;
    if (open.item.contains(document.activeElement)) open.button.focus();
    fold(open);
  });
})();
