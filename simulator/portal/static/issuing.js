// Shows how far issuing is and moves on when it has ended. The server answers when there is news.
"use strict";
(async () => {
  const area = document.querySelector(".progress");
  const bar = area.querySelector("progress");
  const text = area.querySelector("output");
  let known = "";
  for (;;) {
    const answer = await fetch(`${area.dataset.progress}?known=${known}`, { cache: "no-store" });
    if (!answer.ok) break;
    const state = await answer.json();
    known = state.done;
    bar.value = Math.round(state.done * 100);
    text.textContent = `${bar.value}％`;
    if (state.finished) break;
  }
  window.location.replace(area.dataset.next);
})();
