"use strict";

// Arrow keys walk from mark to mark of a map; addresses stay short. Without this file states, counties and the list lead to the same programs.
(() => {
  const middle = (link) => {
    const box = link.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  const enter = () => document.querySelectorAll(".map__marks").forEach((marks) => {
    const first = marks.querySelector("a");
    if (first && !marks.querySelector('a:not([tabindex="-1"])')) first.removeAttribute("tabindex");
  });

  document.addEventListener("keydown", (event) => {
    const way = ways[event.key];
    const here = event.target.closest?.(".map__marks a");
    if (!way || !here) return;
    event.preventDefault();
    const [x, y] = middle(here);
    let best = null;
    let least = Infinity;
    here.closest(".map__marks").querySelectorAll("a").forEach((link) => {
      const [otherX, otherY] = middle(link);
      const ahead = (otherX - x) * way[0] + (otherY - y) * way[1];
      const aside = Math.abs((otherX - x) * way[1]) + Math.abs((otherY - y) * way[0]);
      // Ahead counts; far aside counts twice, so that a walk goes straight on.
      if (link !== here && ahead > 0.5 && ahead + 2 * aside < least) [best, least] = [link, ahead + 2 * aside];
    });
    if (best) best.focus();
  });
  // A filter left empty has no place in the address.
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.elt.id !== "filters") return;
    [...detail.formData.entries()].forEach(([name, value]) => { if (value === "") detail.formData.delete(name); });
  });
  document.addEventListener("htmx:afterSettle", enter);
  enter();
})();
