// Search in all pages, and chapters by audience. Without it every page still shows and links everything.
"use strict";

const LIMIT = 30;
const AROUND = 36;
const STORE = "koujyo-manual-audience";
const plain = (text) => text.normalize("NFKC").toLowerCase();
const hidesFrom = (chosen, own) => chosen !== "everyone" && own !== "everyone" && own !== chosen;

const form = document.querySelector(".search");
const input = form.querySelector("input");
const found = form.querySelector(".found");
const list = found.querySelector("ol");
const status = found.querySelector(".status");
const places = ENTRIES.map((entry) => ({ ...entry, head: plain(`${entry.title} ${entry.place}`), body: plain(entry.text) }));
let audience = "everyone";

function matches(words) {
  return places
    .filter((place) => !hidesFrom(audience, place.audience))
    .filter((place) => words.every((word) => place.head.includes(word) || place.body.includes(word)))
    .map((place) => ({ place, rank: words.filter((word) => place.head.includes(word)).length }))
    .sort((one, other) => other.rank - one.rank)
    .map((match) => match.place);
}

// A text letter by letter, so that what is found in it can be shown as it is written.
function letters(text) {
  const folded = [...text].map((letter) => ({ letter, plain: plain(letter) }));
  let at = 0;
  for (const one of folded) {
    one.at = at;
    at += one.plain.length;
  }
  return folded;
}

function hits(folded, words) {
  const text = folded.map((one) => one.plain).join("");
  const found = new Set();
  for (const word of words) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
      folded.forEach((one, index) => one.at < at + word.length && one.at + one.plain.length > at && found.add(index));
    }
  }
  return found;
}

function marked(className, text, words) {
  const line = document.createElement("span");
  line.className = className;
  const folded = letters(text);
  const found = hits(folded, words);
  let last = null;
  folded.forEach((one, index) => {
    if (found.has(index) && !found.has(index - 1)) {
      last = document.createElement("mark");
      line.append(last);
    }
    (found.has(index) ? last : line).append(one.letter);
  });
  line.normalize();
  return line;
}

function snippet(place, words) {
  const folded = letters(place.text);
  const first = Math.min(...hits(folded, words));
  const start = Number.isFinite(first) ? Math.max(0, first - AROUND) : 0;
  const shown = folded.slice(start, start + AROUND * 3).map((one) => one.letter).join("");
  return `${start ? "…" : ""}${shown}${start + AROUND * 3 < folded.length ? "…" : ""}`;
}

function item(place, words) {
  const link = document.createElement("a");
  link.href = place.href;
  link.append(marked("where", place.place, []), marked("what", place.title, words), marked("words", snippet(place, words), words));
  link.addEventListener("click", close);
  const line = document.createElement("li");
  line.append(link);
  return line;
}

function search() {
  const words = plain(input.value).split(/\s+/).filter(Boolean);
  found.hidden = !words.length;
  const all = words.length ? matches(words) : [];
  list.replaceChildren(...all.slice(0, LIMIT).map((place) => item(place, words)));
  if (!words.length) status.textContent = "";
  else if (!all.length) status.textContent = "見つかりません。言葉を短くするか、別の言い方でお探しください。";
  else status.textContent = `${all.length}件あります${all.length > LIMIT ? `（初めの${LIMIT}件を示します）` : ""}。`;
}

function close() {
  found.hidden = true;
}

function move(step) {
  const stops = [input, ...list.querySelectorAll("a")];
  const next = stops[stops.indexOf(document.activeElement) + step];
  if (next) next.focus();
}

form.addEventListener("keydown", (event) => {
  if (found.hidden || event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    move(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Escape") {
    close();
    input.focus();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.target.closest("input")) {
    event.preventDefault();
    input.focus();
  }
});
document.addEventListener("click", (event) => {
  if (!form.contains(event.target)) close();
});
input.addEventListener("input", search);
input.addEventListener("focus", search);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  list.querySelector("a")?.click();
});
form.hidden = false;

const filter = document.querySelector(".filter");

function choose(value) {
  audience = value;
  for (const chapter of document.querySelectorAll("[data-audience]")) {
    chapter.hidden = hidesFrom(audience, chapter.dataset.audience);
  }
  for (const group of document.querySelectorAll(".part-group")) {
    const chapters = [...group.querySelectorAll("[data-audience]")];
    group.hidden = chapters.length > 0 && chapters.every((chapter) => chapter.hidden);
  }
}

// Pages opened from a disk may have no store of their own.
function remembered() {
  try {
    return localStorage.getItem(STORE);
  } catch {
    return null;
  }
}

function remember(value) {
  try {
    localStorage.setItem(STORE, value);
  } catch {
    return;
  }
}

const kept = filter.querySelector(`input[value="${CSS.escape(remembered() ?? "everyone")}"]`);
if (kept) kept.checked = true;
choose(filter.querySelector("input:checked").value);
filter.addEventListener("change", (event) => {
  choose(event.target.value);
  remember(event.target.value);
});
filter.hidden = false;
const contents = document.querySelector(".chapters details");
const here = contents.querySelector("[aria-current]");
if (here) contents.scrollTop = here.offsetTop - contents.clientHeight / 2;
if (matchMedia("(max-width: 1079px)").matches) contents.open = false;
