
"use strict";
// Show what a number rests on when the number is pointed at, focused or clicked; without this the link leads to the annex.
(() => {
  const delay = 150;
  let timer = 0;
  let current = null;

  const find = (link) => document.getElementById("about-" + link.hash.slice(1));
  const isOpen = (popover) => popover.matches(":popover-open");

  const show = (link) => {
    clearTimeout(timer);
    const popover = find(link);
    if (!popover || isOpen(popover)) return popover;
    popover.showPopover();
    current = popover;
    // Below the number, or above it where there is no room; never past the edges of the window.
    const line = link.getClientRects()[0];
    const box = popover.getBoundingClientRect();
    const left = Math.max(8, Math.min(line.left, document.documentElement.clientWidth - box.width - 8));
    const below = line.bottom + 6;
    const top = below + box.height > window.innerHeight ? Math.max(8, line.top - box.height - 6) : below;
    popover.style.setProperty("--left", `${left}px`);
    popover.style.setProperty("--top", `${top}px`);
    return popover;
  };

  const hide = () => {
    if (current && isOpen(current)) current.hidePopover();
    current = null;
  };

  const hideSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(hide, 2 * delay);
  };

  for (const link of document.querySelectorAll("a.figure")) {
    link.addEventListener("pointerenter", (event) => {
      if (event.pointerType !== "mouse") return;
      clearTimeout(timer);
      timer = setTimeout(() => show(link), delay);
    });
    link.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && hideSoon());
    link.addEventListener("focus", () => link.matches(":focus-visible") && show(link));
    link.addEventListener("blur", hideSoon);
    link.addEventListener("click", (event) => {
      // The Enter key (a click without a pointer) follows the link, since focus has opened the popover already.
      if (event.detail === 0 || event.ctrlKey || event.metaKey || event.shiftKey || !find(link)) return hide();
      event.preventDefault();
      show(link);
    });
  }

  for (const popover of document.querySelectorAll("[popover]")) {
    popover.addEventListener("pointerenter", () => clearTimeout(timer));
    popover.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && hideSoon());
    popover.addEventListener("focusin", () => clearTimeout(timer));
    for (const link of popover.querySelectorAll("a")) link.addEventListener("click", hide);
  }
  addEventListener("scroll", hideSoon, { passive: true });

  // The table of all figures is folded away; a link to one of its rows unfolds it.
  const unfold = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = target && target.closest("details:not([open])");
    if (!fold) return;
    fold.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  addEventListener("load", unfold);

  // A region that has nothing to scroll is no stop on the way through the page.
  const setStops = () => {
    for (const region of document.querySelectorAll(".scroll")) {
      if (region.scrollWidth > region.clientWidth) region.tabIndex = 0;
      else region.removeAttribute("tabindex");
    }
  };
  addEventListener("resize", setStops);
  addEventListener("load", setStops);
})();
