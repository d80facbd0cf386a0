
"use strict";
// Show the notes that have every word that is typed, and what the page says of them; without this all are shown.
(() => {
  const box = document.getElementById("search");
  const said = document.getElementById("found");
  const rows = [...document.querySelectorAll("[data-words]")];
  const flatten = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const words = new Map(rows.map((row) => [row, flatten(row.dataset.words)]));
  const search = () => {
    const asked = flatten(box.value).split(/\s+/).filter(Boolean);
    const shown = new Set(rows.filter((row) => asked.every((word) => words.get(row).includes(word))).map((row) => row.dataset.note));
    for (const part of document.querySelectorAll("[data-note]")) part.hidden = !shown.has(part.dataset.note);
    said.textContent = asked.length ? `${shown.size} of ${said.dataset.all} notes` : "";
  };
  box.addEventListener("input", search);
  document.getElementById("finder").hidden = false;
  search();
})();
