// A button that copies a draft, where the browser can; without it the words can be marked and copied by hand.
"use strict";

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy-text]")) button.hidden = false;
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy-text]");
    if (!button) return;
    const draft = document.getElementById(button.dataset.copyText);
    const live = document.getElementById("live");
    try {
      await navigator.clipboard.writeText(draft.innerText.trim());
      button.firstChild.textContent = "Copied";
      if (live) live.textContent = "The draft is copied.";
    } catch {
      const range = document.createRange();
      range.selectNodeContents(draft);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    }
  });
}
