// A button that copies a snippet, where the browser can; without it the code can be marked and copied by hand.
"use strict";

if (navigator.clipboard) {
  for (const block of document.querySelectorAll(".code[data-snippet]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "code__copy";
    button.textContent = "Copy";
    button.setAttribute("aria-label", `Copy ${block.dataset.snippet}`);
    button.addEventListener("click", async () => {
      const live = document.getElementById("live");
      try {
        await navigator.clipboard.writeText(`${block.querySelector("pre").textContent}\n`);
        button.textContent = "Copied";
        if (live) live.textContent = "The code is copied.";
      } catch {
        window.getSelection()?.selectAllChildren(block.querySelector("pre"));
      }
    });
    block.querySelector("figcaption").append(button);
  }
}
