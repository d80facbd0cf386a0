"use strict";
// Work through the items of a page: J and K lead on and back, X ticks off; what was ticked off is known the next time.
(() => {
  const items = [...document.querySelectorAll(".item")];
  if (!items.length) return;
  const key = `${document.title} ${location.pathname}`;
  const name = (item) => [...item.textContent.replace(/\s+/g, " ")].reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)) % 0x7fffffffff, 7).toString(36);
  const names = new Map(items.map((item) => [item, name(item)]));
  // A browser may keep nothing for files; then ticks last as long as the page.
  const keep = (write) => {
    try {
      return write();
    } catch {
      return null;
    }
  };
  const ticked = new Set(JSON.parse(keep(() => localStorage.getItem(key)) ?? "[]"));

  const count = () => {
    for (const head of document.querySelectorAll("[data-left]")) {
      const own = [...head.closest("details, section").querySelectorAll(".item")];
      const left = own.filter((item) => !ticked.has(names.get(item))).length;
      head.textContent = left === own.length ? "" : left ? `, ${left} left` : ", all ticked off";
    }
  };
  const mark = (item) => {
    const is = ticked.has(names.get(item));
    item.classList.toggle("ticked", is);
    item.querySelector(".tick input").checked = is;
  };
  const tick = (item) => {
    const own = names.get(item);
    if (!ticked.delete(own)) ticked.add(own);
    keep(() => localStorage.setItem(key, JSON.stringify([...ticked])));
    items.filter((other) => names.get(other) === own).forEach(mark);
    count();
  };
  for (const item of items) {
    const box = Object.assign(document.createElement("input"), { type: "checkbox" });
    const label = Object.assign(document.createElement("label"), { className: "tick" });
    label.append(box, " done");
    item.prepend(label);
    box.addEventListener("change", () => tick(item));
    mark(item);
  }
  count();

  // Choices above the items leave out those that bear other data.
  const choices = [...document.querySelectorAll("[data-filter]")];
  const show = () => {
    for (const item of items) item.hidden = choices.some(({ value, dataset }) => value && item.dataset[dataset.filter] !== value);
    for (const section of document.querySelectorAll("section:has(.item)")) section.hidden = !section.querySelector(".item:not([hidden])");
    document.getElementById("shown").textContent = `${items.filter((item) => !item.hidden).length} of ${items.length} shown`;
  };
  const form = document.getElementById("filter");
  if (form) {
    form.hidden = false;
    form.addEventListener("change", show);
    form.addEventListener("submit", (event) => event.preventDefault());
    show();
  }

  const lead = (item) => {
    for (let fold = item.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    item.focus();
    item.scrollIntoView({ block: "center" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, input:not([type='checkbox'])")) return;
    const seen = items.filter((item) => !item.hidden);
    const here = document.activeElement.closest(".item");
    const at = seen.indexOf(here);
    if (event.key === "j" && seen[at + 1]) lead(seen[at + 1]);
    if (event.key === "k" && at > 0) lead(seen[at - 1]);
    if (event.key === "x" && here) tick(here);
  });
})();
