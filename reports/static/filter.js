// Narrows the list of scenarios on the overview. Without it the page shows them all.
"use strict";

const form = document.getElementById("filter");
const rows = [...document.querySelectorAll(".scenarios > li")];
const plain = (text) => text.normalize("NFKC").toLowerCase();
const texts = new Map(rows.map((row) => [row, plain(`${row.textContent} ${row.dataset.more}`)]));

function show() {
  const chosen = new FormData(form);
  const words = plain(chosen.get("text")).split(/\s+/).filter(Boolean);
  const outcomes = new Set(chosen.getAll("outcome"));
  let shown = 0;
  for (const row of rows) {
    const fits = outcomes.has(row.dataset.outcome) && words.every((word) => texts.get(row).includes(word));
    row.hidden = !fits;
    shown += fits ? 1 : 0;
  }
  for (const group of document.querySelectorAll(".feature, .chapter")) {
    group.hidden = !group.querySelector(".scenarios > li:not([hidden])");
  }
  document.getElementById("shown").value = shown;
  document.getElementById("nothing").hidden = shown > 0;
}

form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
form.hidden = false;
show();
