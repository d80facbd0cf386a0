
"use strict";
// Show what a number rests on when the number is pointed at, focused or clicked; without this the link leads to the annex.
(() => {
  const delay = 150;
  let shownAt = 0;
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
    opener = link;
    shownAt = scrollY;
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
    timer = setTimeout(() => current && current.contains(document.activeElement) || hide(), 2 * delay);
  };

  // By keyboard, what a number rests on comes next after the number, and what follows in the text next after it.
  const listStops = (popover) => [...popover.querySelectorAll("a[href], button")];
  const listLinks = () => [...document.querySelectorAll("main a[href], main button, main [tabindex='0'], main summary")].filter(
    (stop) => !stop.closest("[popover]"),
  );
  let opener = null;
  addEventListener("keydown", (event) => {
    const stop = document.activeElement;
    if (event.key !== "Tab" || !current || !isOpen(current)) return;
    const stops = listStops(current);
    if (stop === opener && !event.shiftKey) {
      event.preventDefault();
      stops[0].focus();
    } else if (stop === stops[0] && event.shiftKey) {
      event.preventDefault();
      opener.focus();
    } else if (stop === stops.at(-1) && !event.shiftKey) {
      const links = listLinks();
      const next = links.slice(links.indexOf(opener) + 1).find((link) => link.checkVisibility());
      if (!next) return;
      event.preventDefault();
      hide();
      next.focus();
    }
  });

  const prepareLink = (link) => {
    link.addEventListener("pointerenter", (event) => {
      if (event.pointerType !== "mouse") return;
      clearTimeout(timer);
      timer = setTimeout(() => show(link), delay);
    });
    link.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && hideSoon());
    link.addEventListener("focus", (event) => {
      // What is closed gives the focus back to its number, which does not open it again.
      const isGivenBack = event.relatedTarget && event.relatedTarget.closest("[popover]");
      if (!isGivenBack && link.matches(":focus-visible")) show(link);
    });
    link.addEventListener("blur", hideSoon);
    link.addEventListener("click", (event) => {
      // The Enter key (a click without a pointer) follows the link, since focus has opened the popover already.
      if (event.detail === 0 || event.ctrlKey || event.metaKey || event.shiftKey || !find(link)) return hide();
      event.preventDefault();
      show(link);
    });
  };

  const preparePopover = (popover) => {
    popover.addEventListener("pointerenter", () => clearTimeout(timer));
    popover.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && hideSoon());
    popover.addEventListener("click", (event) => event.target.closest("button") && hide());
    popover.addEventListener("focusin", () => clearTimeout(timer));
    popover.addEventListener("focusout", hideSoon);
    popover.addEventListener("toggle", (event) => {
      // Closed by Escape or its button while it holds the focus, it gives that back.
      if (event.newState === "closed" && popover.contains(document.activeElement)) opener.focus({ focusVisible: false });
    });
  };

  // What has come into the page since is prepared too, once.
  const prepared = {};
  const prepareAll = (selector, prepareOne) => {
    const known = (prepared[selector] ??= new WeakSet());
    for (const element of document.querySelectorAll(selector)) {
      if (!known.has(element)) prepareOne(element);
      known.add(element);
    }
  };
  const prepare = () => {
    prepareAll("a.figure:not([popover] *)", prepareLink);
    prepareAll("[popover]", preparePopover);
    prepareAll("[popover] a", (link) => link.addEventListener("click", hide));
  };
  addEventListener("patched", prepare);
  prepare();
  addEventListener("scroll", () => current && Math.abs(scrollY - shownAt) > window.innerHeight / 4 && hideSoon(), { passive: true });

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

  // Where the contents stand above the text they are folded, and so are the statistics on phones: the text comes first.
  // What holds a change of a redline stays open; so does all on paper.
  for (const [selector, width] of [["nav details", "64rem"], [".key-statistics details", "40rem"]]) {
    const part = document.querySelector(`${selector}:not(:has(ins, del, mark)):not(:is(ins, del) *)`);
    const narrow = matchMedia(`(width < ${width})`);
    const fold = () => part && (part.open = !narrow.matches);
    narrow.addEventListener("change", fold);
    addEventListener("beforeprint", () => part && (part.open = true));
    addEventListener("afterprint", fold);
    fold();
  }

  // The contents show the section that is being read.
  let lines = new Map();
  let headings = [];
  let marked = null;
  const findLines = () => {
    lines = new Map([...document.querySelectorAll("nav a")].map((link) => [link.hash.slice(1), link]));
    headings = [...lines.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  };
  const mark = () => {
    const read = headings.findLast((heading) => heading.getBoundingClientRect().top < window.innerHeight / 3);
    const line = read && lines.get(read.id);
    if (line === marked) return;
    if (marked) marked.removeAttribute("aria-current");
    marked = line;
    if (!line) return;
    line.setAttribute("aria-current", "true");
    const nav = line.closest("nav");
    const [place, frame] = [line.getBoundingClientRect(), nav.getBoundingClientRect()];
    if (nav.scrollHeight > nav.clientHeight && (place.top < frame.top || place.bottom > frame.bottom)) {
      nav.scrollTop += place.top - frame.top - nav.clientHeight / 2;
    }
  };
  let waits = false;
  addEventListener("scroll", () => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => { waits = false; mark(); });
  }, { passive: true });
  addEventListener("patched", () => { findLines(); mark(); setStops(); });
  findLines();
  mark();

  // A link within the page leaves a way back to the place where it stood.
  const back = document.getElementById("back");
  let left = null;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("main a[href^='#']");
    if (!link || event.defaultPrevented || link.closest("nav")) return;
    left = link.closest("[popover]") ? opener : link;
    back.hidden = false;
  });
  back.addEventListener("click", (event) => {
    event.preventDefault();
    back.hidden = true;
    left.scrollIntoView({ block: "center" });
    left.focus({ preventScroll: true });
    hide();
  });
})();
