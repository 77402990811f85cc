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

// A normalised text can be longer than the text itself: then the snippet is of the normalised one.
function snippet(place, words) {
  const text = place.body.length === place.text.length ? place.text : place.body;
  const at = Math.min(...words.map((word) => place.body.indexOf(word)).filter((index) => index >= 0), Infinity);
  const start = Number.isFinite(at) ? Math.max(0, at - AROUND) : 0;
  const end = start + AROUND * 3;
  return (start ? "…" : "") + text.slice(start, end) + (end < text.length ? "…" : "");
}

function marked(className, text, words) {
  const line = document.createElement("span");
  line.className = className;
  const lower = plain(text).length === text.length ? plain(text) : text.toLowerCase();
  let from = 0;
  while (from < text.length) {
    const hits = words.map((word) => ({ word, at: lower.indexOf(word, from) })).filter((hit) => hit.at >= 0);
    const first = hits.sort((one, other) => one.at - other.at || other.word.length - one.word.length)[0];
    if (!first) break;
    line.append(text.slice(from, first.at));
    const mark = document.createElement("mark");
    from = first.at + first.word.length;
    mark.textContent = text.slice(first.at, from);
    line.append(mark);
  }
  line.append(text.slice(from));
  return line;
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
if (matchMedia("(max-width: 1079px)").matches) document.querySelector(".chapters details").open = false;
