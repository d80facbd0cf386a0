"use strict";
// Follow the sources of a note: patch what has changed into the page, and show what is wrong, at its top and in its place.
(() => {
  const PARTS = ["body > header", "body > main", "body > footer"];
  // As it was served, before any script has touched it; what is patched is what differs from this.
  let served = document.body.cloneNode(true);
  let version = document.querySelector("meta[name='preview-version']").content;
  let last = null;

  // --- Patching -----------------------------------------------------------------------------------------------------

  const isBlank = (node) => node.nodeType === Node.TEXT_NODE && !node.data.trim();
  const isContainer = (node) =>
    node instanceof HTMLElement &&
    node.firstElementChild !== null &&
    [...node.childNodes].every((child) => isBlank(child) || child instanceof HTMLElement);
  const list = (node) => [...node.attributes].map((attribute) => `${attribute.name}=${attribute.value}`).join("\n");
  const isSame = (one, other) =>
    one.nodeName === other.nodeName && (one.nodeType !== Node.ELEMENT_NODE || list(one) === list(other));

  const add = (fresh, changed) => {
    const made = document.importNode(fresh, true);
    if (made instanceof HTMLElement) changed.push(made);
    return made;
  };

  const patch = (live, before, after, changed) => {
    if (before.isEqualNode(after)) return;
    if (before.nodeType === Node.TEXT_NODE) live.data = after.data;
    else if (isSame(before, after) && isContainer(before) && isContainer(after)) patchChildren(live, before, after, changed);
    else live.replaceWith(add(after, changed));
  };

  // Children are paired from both ends, then in order; nothing that stays is moved, so that what is open stays open.
  const patchChildren = (live, before, after, changed) => {
    const [lives, olds, news] = [live, before, after].map((node) => [...node.childNodes]);
    const take = (from) => [lives.splice(from, 1)[0], olds.splice(from, 1)[0], news.splice(from, 1)[0]];
    while (olds.length && news.length && olds[0].isEqualNode(news[0])) take(0);
    let end = null;
    while (olds.length && news.length && olds.at(-1).isEqualNode(news.at(-1))) {
      end = lives.pop();
      olds.pop();
      news.pop();
    }
    if (olds.length === news.length && olds.every((old, index) => old.nodeName === news[index].nodeName)) {
      olds.forEach((old, index) => patch(lives[index], old, news[index], changed));
      return;
    }
    let at = 0;
    for (const fresh of news) {
      const found = olds.findIndex((old, index) => index >= at && isSame(old, fresh));
      if (found < 0 || (fresh.nodeType === Node.TEXT_NODE && found !== at)) {
        live.insertBefore(add(fresh, changed), lives[at] ?? end);
        continue;
      }
      lives.slice(at, found).forEach((node) => node.remove());
      patch(lives[found], olds[found], fresh, changed);
      at = found + 1;
    }
    lives.slice(at).forEach((node) => node.remove());
  };

  // The block at the top of the window, and where it stands there.
  const findPlace = () => {
    const blocks = document.querySelectorAll("main :is(p, li, h2, h3, figure, tr)[id]");
    return [...blocks].map((block) => [block.id, block.getBoundingClientRect()]).find(([, box]) => box.bottom > 0 && box.height);
  };

  const show = (after) => {
    const place = scrollY > 0 && findPlace();
    const changed = [];
    clearNotes();
    for (const part of PARTS) {
      const find = (root) => root.querySelector(part.replace("body", ":scope"));
      patch(find(document.body), find(served), find(after), changed);
    }
    served = after;
    const block = place && document.getElementById(place[0]);
    if (block) scrollBy({ top: block.getBoundingClientRect().top - place[1].top, behavior: "instant" });
    for (const element of changed) element.classList.add("preview-changed");
    setTimeout(() => changed.forEach((element) => element.classList.remove("preview-changed")), 2600);
    dispatchEvent(new Event("patched"));
  };

  // --- Problems -----------------------------------------------------------------------------------------------------

  const make = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const lead = (problem) => make("a", problem.is_page ? { href: problem.href, target: "_blank" } : { href: problem.href }, make("code", {}, problem.place));

  const clearNotes = () => document.querySelectorAll(".preview-note").forEach((note) => note.remove());

  const addNotes = (problems) => {
    clearNotes();
    for (const problem of problems) {
      const block = document.getElementById(problem.blocks[location.pathname]);
      if (!block) continue;
      const note = make("p", { class: `preview-note ${problem.severity}`, lang: "en" }, lead(problem), ` ${problem.message}`);
      if (block.matches("li, td, th")) block.append(note);
      else if (block.matches("tr")) block.lastElementChild.append(note);
      else block.after(note);
    }
  };

  const count = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
  const bar = make("section", { class: "preview", "aria-label": "Preview", lang: "en" });
  const status = make("p", { role: "status" });
  const ways = make("ul", {});
  const listed = make("div", {});

  const say = (seen, page) => {
    const errors = seen.problems.filter((problem) => problem.severity === "error").length;
    const warnings = seen.problems.length - errors;
    const told = [errors && `${count(errors, "problem")} would stop make note`, warnings && count(warnings, "warning")];
    const bare = document.querySelector("main.bare") !== null;
    const state = page.is_made || bare ? "" : page.is_current ? "Not made as it stands: " : "The sources cannot be read; below is the last good page. ";
    const rest = seen.is_whole ? "" : " The other languages are being looked at.";
    status.textContent = `${state}${told.filter(Boolean).join("; ") || "No problems"}.${rest}`;
    const others = seen.ways.filter((way) => way.href !== location.pathname);
    ways.replaceChildren(...others.map(({ name, href }) => make("li", {}, make("a", { href }, name))));
    bar.className = `preview ${page.is_current ? (errors ? "stopped" : warnings ? "warned" : "") : "old"}`.trim();
    document.body.classList.toggle("preview-old", !page.is_current);
    document.body.classList.toggle("preview-stopped", page.is_current && !page.is_made);
    const describe = (problem) => {
      const word = problem.severity === "error" ? "Error" : "Warning";
      const target = problem.blocks[location.pathname];
      const there = target && document.getElementById(target) ? [" ", make("a", { href: `#${target}` }, "Show in the page")] : [];
      return make("li", {}, make("span", { class: `kind ${problem.severity}` }, word), " ", lead(problem), ` ${problem.message}`, ...there);
    };
    const [stop, warn] = ["error", "warning"].map((severity) => seen.problems.filter((problem) => problem.severity === severity));
    const was = listed.querySelector("details");
    const folded = make("details", was && was.open ? { open: "" } : {}, make("summary", {}, count(warn.length, "warning")), make("ul", {}, ...warn.map(describe)));
    listed.replaceChildren(...(stop.length ? [make("ul", {}, ...stop.map(describe))] : []), ...(warn.length ? [folded] : []));
  };

  // --- Following ----------------------------------------------------------------------------------------------------

  const follow = async (seen) => {
    last = seen;
    const page = seen.pages[location.pathname];
    if (!page) return;
    if (page.version !== version) {
      const answer = await fetch(location.pathname, { cache: "no-store" });
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      const after = parsed.querySelector("meta[name='preview-version']").content;
      if (last !== seen && after === version) return;
      if (document.querySelector("main.bare")) return location.reload(); // what stood for the page gives way to it
      version = after;
      document.title = parsed.title;
      show(parsed.body);
    }
    if (last !== seen) return;
    addNotes(seen.problems);
    say(seen, page);
    document.documentElement.dataset.preview = seen.number;
  };

  const start = () => {
    bar.append(status, ways, listed);
    document.querySelector("body > header").before(bar);
    // What sticks to the top of the window, as the contents do, stands below the bar.
    new ResizeObserver(() => document.documentElement.style.setProperty("--bar", `${bar.offsetHeight}px`)).observe(bar);
    const events = new EventSource("/events");
    let waits = Promise.resolve();
    events.onmessage = (event) => {
      const seen = JSON.parse(event.data);
      waits = waits.then(() => follow(seen)).catch((error) => console.error(error));
    };
    events.onerror = () => {
      bar.className = "preview gone";
      status.textContent = "The preview has ended; make preview starts it again.";
    };
  };
  addEventListener("DOMContentLoaded", start);
})();
