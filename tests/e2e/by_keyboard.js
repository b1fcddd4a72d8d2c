// Run in the page after each press of Tab: what has the focus, whether one can see that it has, and what it is called.
(() => {
  const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const shown = (part) => part.checkVisibility({ visibilityProperty: true }) && part.getClientRects().length > 0;
  const group = (part) => (part.type === "radio" ? `${part.form?.action}#${part.name}` : part);
  const short = (part) => part.outerHTML.slice(0, 120);
  const text = (part) => part?.textContent?.trim() ?? "";

  const named = (part) =>
    [
      part.getAttribute("aria-label"),
      text(document.getElementById(part.getAttribute("aria-labelledby")?.split(" ")[0])),
      ...[...(part.labels ?? [])].map(text),
      text(part),
      part.value,
    ].some((words) => words?.trim());

  // A box drawn by a label shows the focus of the input it hides; a shape on a map takes a thick line.
  const outlined = (part) =>
    [part, part.nextElementSibling, part.closest("label"), ...part.querySelectorAll("path")].some((each) => {
      const style = each && getComputedStyle(each);
      const line = each instanceof SVGElement ? parseFloat(style.strokeWidth) : 0;
      return style && (line >= 2 || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2));
    });

  window.tabbed = {
    seen: new Set(),
    step() {
      const part = document.activeElement;
      if (!part || part === document.body || this.seen.has(part)) return null;
      this.seen.add(part);
      const faults = [];
      if (!outlined(part)) faults.push("no visible focus");
      if (part.matches(kinds) && !named(part)) faults.push("no name");
      return faults.map((fault) => `${fault}: ${short(part)}`);
    },
    missed() {
      const reached = new Set([...this.seen].map(group));
      return [...document.querySelectorAll(kinds)]
        .filter((part) => part.tabIndex >= 0 && !part.disabled && shown(part) && !reached.has(group(part)))
        .map((part) => `not reached: ${short(part)}`);
    },
  };
})();
