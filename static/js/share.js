// A button that copies a private link, where the browser can; without it the box can be marked and copied by hand.
"use strict";

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const box = document.getElementById(button.dataset.copy);
    const live = document.getElementById("live");
    try {
      await navigator.clipboard.writeText(box.value);
      button.firstChild.textContent = "Copied";
      if (live) live.textContent = "The link is copied.";
    } catch {
      box.select();
    }
  });
}
