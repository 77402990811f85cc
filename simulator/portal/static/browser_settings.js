// That this runs tells that JavaScript is allowed; the page comes with what is true without it.
"use strict";
{
  const { allowed, blocked } = document.querySelector("[data-allowed]").dataset;
  const found = { JavaScript: true, Cookie: navigator.cookieEnabled };
  for (const [name, is] of Object.entries(found)) {
    document.querySelector(`[data-setting="${name}"]`).textContent = is ? allowed : blocked;
  }
}
