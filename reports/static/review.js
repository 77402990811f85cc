// Narrows the list of clauses, and brings what a step touched into view. Without it the page shows them all.
"use strict";

const form = document.getElementById("filter");
const rows = [...document.querySelectorAll(".review > article")];
const plain = (text) => text.normalize("NFKC").toLowerCase();
const texts = new Map(rows.map((row) => [row, plain(row.textContent)]));

function show() {
  const chosen = new FormData(form);
  const words = plain(chosen.get("text")).split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows) {
    const group = chosen.get("group");
    const fits = (!group || row.parentElement.dataset.group === group)
      && (!chosen.has("unpictured") || "unpictured" in row.dataset)
      && words.every((word) => texts.get(row).includes(word));
    row.hidden = !fits;
    shown += fits ? 1 : 0;
  }
  for (const section of document.querySelectorAll(".review")) {
    section.hidden = !section.querySelector(":scope > article:not([hidden])");
  }
  document.getElementById("shown").value = shown;
  document.getElementById("nothing").hidden = shown > 0;
}

// A page longer than its frame is shown where it was touched.
function reveal(frame) {
  const touched = frame.querySelector(".frame");
  if (touched) {
    const above = touched.getBoundingClientRect().top - frame.getBoundingClientRect().top;
    frame.scrollTop += Math.max(0, above - frame.clientHeight / 3);
  }
}

const frames = new IntersectionObserver((seen, observer) => {
  for (const { isIntersecting, target } of seen) {
    if (isIntersecting) {
      reveal(target);
      observer.unobserve(target);
    }
  }
});
for (const frame of document.querySelectorAll(".shown .scroll")) {
  frames.observe(frame);
}

form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
form.hidden = false;
show();
