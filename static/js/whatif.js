"use strict";

// What a slider says while it is moved: the same words as the server's (matching/whatif/control.py, Scale.said).
// Every control works without this file; its number is then told once it is sent.
(() => {
  const said = (slider) => {
    const value = Number(slider.value);
    const { prefix, unit, zero, top } = slider.dataset;
    if (value === 0 && zero) return zero;
    if (value === Number(slider.max) && top) return top;
    if ("times" in slider.dataset) return `×${(1 + value / 100).toFixed(2)}`;
    const noun = value === 1 ? unit.replace(/s$/, "") : unit;
    return `${prefix}${value.toLocaleString("en-US")}${noun ? ` ${noun}` : ""}`;
  };

  const stands = (control) => {
    const value = control.type === "checkbox" ? (control.checked ? "yes" : "no") : control.value;
    return value === control.dataset.stands;
  };

  document.addEventListener("input", ({ target }) => {
    const part = target.closest("[data-control]");
    if (!part) return;
    part.classList.toggle("is-moved", !stands(target));
    if (target.type !== "range") return;
    const words = said(target);
    part.querySelector("output").textContent = words;
    target.setAttribute("aria-valuetext", words);
  });
})();
