"use strict";

// Times as the clock on the wall shows them; without this file they are told in UTC.
(() => {
  const told = (root) => root.querySelectorAll("time[data-local]").forEach((time) => {
    const at = new Date(time.dateTime);
    const today = at.toDateString() === new Date().toDateString();
    const parts = { hour: "2-digit", minute: "2-digit", hour12: false };
    time.textContent = today ? at.toLocaleTimeString([], parts) : at.toLocaleString([], { day: "numeric", month: "short", ...parts });
    time.removeAttribute("data-local");
  });
  told(document);
  document.addEventListener("htmx:afterSwap", () => told(document));
  document.addEventListener("htmx:oobAfterSwap", () => told(document));
})();
