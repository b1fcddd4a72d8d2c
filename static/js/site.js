"use strict";

// What htmx leaves to the page: the token against forgery, where the keyboard is after a swap, what a screen
// reader is told, and messages with a way to close them. Every page works without this file.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);

  // Said politely: an element of a swapped part with data-announce="…" is read out.
  const say = (words) => {
    one("#live").textContent = "";
    window.setTimeout(() => { one("#live").textContent = words; }, 50);
  };

  const closable = (message) => {
    if (one(".toast__close", message)) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "toast__close";
    button.setAttribute("aria-label", "Close this message");
    button.textContent = "×";
    button.addEventListener("click", () => {
      message.remove();
      one("#main").focus({ preventScroll: true });
    });
    message.append(button);
  };

  // Messages that come with a swap lie over the foot of the window: the head of the page may be out of sight.
  const told = (list) => {
    const box = one("#messages");
    box.classList.add("toasts--float");
    box.replaceChildren(list);
    box.querySelectorAll(".toast").forEach(closable);
  };

  const failed = () => {
    const list = document.createElement("ul");
    const line = document.createElement("li");
    list.className = "toasts";
    line.className = "toast error";
    line.textContent = "That did not reach us. Nothing you had saved is lost. Try again.";
    list.append(line);
    told(list);
  };

  // What comes by itself, inside [data-still], takes the keyboard from nobody.
  const focusAfter = (part) => {
    const wanted = part.matches("[data-focus]") ? part : one(".error-summary, [data-focus]", part);
    if (wanted) wanted.focus();
    else if (document.activeElement === document.body && part.isConnected && !part.closest("[data-still]")) {
      if (!part.hasAttribute("tabindex")) part.setAttribute("tabindex", "-1");
      part.focus({ preventScroll: true });
    }
  };

  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? one("[name=csrfmiddlewaretoken]")?.value;
    if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token;
  });
  document.addEventListener("htmx:beforeRequest", ({ detail }) => detail.target?.setAttribute("aria-busy", "true"));
  document.addEventListener("htmx:afterRequest", ({ detail }) => detail.target?.removeAttribute("aria-busy"));
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (!detail.serverResponse?.includes('class="toasts"')) return;
    const page = new DOMParser().parseFromString(detail.serverResponse, "text/html");
    const list = one(".toasts", page);
    if (list) told(document.adoptNode(list));
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    const part = detail.elt;
    const words = part.dataset.announce ?? one("[data-announce]", part)?.dataset.announce;
    if (words) say(words);
    focusAfter(part);
  });
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:timeout", failed);

  document.querySelectorAll(".toast").forEach(closable);
})();
