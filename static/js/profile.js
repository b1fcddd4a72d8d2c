"use strict";

// The profile works without this file. It says the hour of the last save in her own time, tells when a save did
// not arrive, marks inputs whose words of error came in while typing, and keeps what was typed on the way out.
(() => {
  const form = document.getElementById("profile-form");
  const kept = document.getElementById("kept");
  if (!form || !kept) return;
  let typed = false;

  const hours = () => kept.querySelectorAll("time").forEach((time) => {
    time.textContent = new Date(time.dateTime).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
  });
  const marks = () => form.querySelectorAll(".field__error").forEach((words) => {
    const input = document.getElementById(words.id.replace(/_error$/, ""));
    const bad = words.childElementCount > 0;
    words.closest(".field")?.classList.toggle("field--bad", bad);
    if (!input?.matches("input, select")) return;
    if (bad) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  });
  const failed = () => {
    kept.textContent = "Not saved: that did not reach us. It stays on this page; the next change tries again.";
    kept.classList.add("kept--failed");
  };
  const saves = (event) => event.detail.elt === form;

  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", () => { typed = false; });
  form.addEventListener("htmx:responseError", (event) => { if (saves(event)) failed(); });
  form.addEventListener("htmx:sendError", (event) => { if (saves(event)) failed(); });
  document.addEventListener("htmx:afterSettle", () => { hours(); });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful) return;
    kept.classList.remove("kept--failed");
    if (!saves(event)) return;
    typed = false;
    window.requestAnimationFrame(marks);
  });
  // What was typed a moment ago, on the way to another page.
  window.addEventListener("pagehide", () => {
    if (!typed) return;
    const data = new FormData(form);
    data.set("go", "keep");
    navigator.sendBeacon(form.action, data);
  });

  hours();
  if (!kept.querySelector("time")) kept.textContent = "What you type is saved by itself.";
  document.querySelector(".error-summary")?.focus();
})();
