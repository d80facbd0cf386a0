// Say, as JSON, what axe finds in pages, in the light and in the dark, and what of it that axe leaves undecided is weak:
// contrast by the pixels behind a text, heads of tables by the cells that they head.
// node decide.mjs <chromium> <page> <width> ...
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");

// A text is told from what is behind it where so much of what its letters cover is at least so far from their colour.
const COVERED = 0.9;

const findTexts = (targets) =>
  targets.flatMap((target, number) => {
    const element = document.querySelector(target);
    const style = getComputedStyle(element);
    const range = document.createRange();
    range.selectNodeContents(element);
    const box = range.getBoundingClientRect();
    if (!box.width || !box.height) return [];
    const ground = element.closest(".drawing") ?? element.closest("p, li, figure, td, th") ?? element;
    const around = ground.getBoundingClientRect();
    const size = parseFloat(style.fontSize) * (element.ownerSVGElement ? element.getCTM().a : 1);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    ground.dataset.ground ??= String(number);
    return [{
      target,
      ground: ground.dataset.ground,
      words: element.textContent.trim(),
      colour: element.ownerSVGElement ? style.fill : style.color,
      least: isLarge ? 3 : 4.5,
      share: [(box.x - around.x) / around.width, (box.y - around.y) / around.height, box.width / around.width, box.height / around.height],
    }];
  });

// A ground is pictured with its texts and without: where the two differ, letters stand.
const measure = async ({ shown, hidden, texts, covered }) => {
  const draw = async (picture) => {
    const image = new Image();
    image.src = `data:image/png;base64,${picture}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    return context;
  };
  const [lettered, bare] = [await draw(shown), await draw(hidden)];
  const linear = (value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const luminance = (red, green, blue) => {
    const [r, g, b] = [red, green, blue].map((value) => linear(value / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return texts.flatMap(({ words, colour, least, share }) => {
    const [x, y, width, height] = share.map((value, place) => value * (place % 2 ? bare.canvas.height : bare.canvas.width));
    const place = [Math.floor(x), Math.floor(y), Math.max(1, Math.ceil(width)), Math.max(1, Math.ceil(height))];
    const [letters, data] = [lettered, bare].map((context) => context.getImageData(...place).data);
    const own = luminance(...colour.match(/[\d.]+/g).slice(0, 3).map(Number));
    const found = [];
    for (let pixel = 0; pixel < data.length; pixel += 4) {
      if (!data[pixel + 3] || [0, 1, 2].every((side) => Math.abs(data[pixel + side] - letters[pixel + side]) < 16)) continue;
      const ground = luminance(data[pixel], data[pixel + 1], data[pixel + 2]);
      found.push((Math.max(own, ground) + 0.05) / (Math.min(own, ground) + 0.05));
    }
    found.sort((one, other) => one - other);
    const ratio = found[Math.floor(found.length * (1 - covered))] ?? 0;
    return ratio >= least ? [] : [`“${words}”: ${colour} has a contrast of ${ratio.toFixed(2)}, of ${least} at least`];
  });
};

const hide = (names) => {
  for (const name of names) for (const side of ["fill", "color"]) document.querySelector(name).style.setProperty(side, "transparent", "important");
};
const show = (names) => {
  for (const name of names) for (const side of ["fill", "color"]) document.querySelector(name).style.removeProperty(side);
};

const decideContrast = async (page, targets) => {
  const texts = await page.evaluate(findTexts, targets);
  const weak = [];
  for (const ground of new Set(texts.map((text) => text.ground))) {
    const own = texts.filter((text) => text.ground === ground);
    const names = own.map((text) => text.target);
    const picture = async () => (await page.locator(`[data-ground="${ground}"]`).screenshot({ animations: "disabled" })).toString("base64");
    const shown = await picture();
    await page.evaluate(hide, names);
    const hidden = await picture();
    await page.evaluate(show, names);
    weak.push(...(await page.evaluate(measure, { shown, hidden, texts: own, covered: COVERED })));
  }
  await page.evaluate(() => document.querySelectorAll("[data-ground]").forEach((element) => delete element.dataset.ground));
  return weak;
};

// A head of a column, a row or a group heads at least one cell that says something.
const decideHeads = (page, targets) =>
  page.evaluate(
    (names) =>
      names.flatMap((name) =>
        [...document.querySelector(name).querySelectorAll("th")].flatMap((head) => {
          const rows = [...(head.scope === "col" ? head.closest("table").querySelectorAll("tbody tr:not(.group)") : head.scope === "row" ? [head.parentElement] : head.closest("tbody").rows)];
          const cells = rows.flatMap((row) => (head.scope === "col" ? [row.cells[head.cellIndex]] : [...row.cells].filter((cell) => cell !== head)));
          return cells.some((cell) => cell?.textContent.trim()) ? [] : [`${name}: ${head.textContent} heads nothing`];
        }),
      ),
    targets,
  );

const DECIDERS = { "color-contrast": decideContrast, "th-has-data-cells": decideHeads };

const decide = async (page, { id, nodes }) => {
  const targets = nodes.map((node) => node.target.join(" "));
  const weak = DECIDERS[id] ? await DECIDERS[id](page, targets) : targets;
  return weak.map((said) => `${id}: ${said}`);
};

const [, , executablePath, path, ...widths] = process.argv;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const found = [];
let decided = 0;
for (const width of widths) {
  for (const colorScheme of ["light", "dark"]) {
    const page = await browser.newPage({ viewport: { width: Number(width), height: 900 }, colorScheme });
    await page.goto(pathToFileURL(path).href);
    await page.evaluate(require("node:fs").readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
    // In the dark nothing but colours is otherwise.
    const options = { resultTypes: ["violations", "incomplete"], ...(colorScheme === "dark" && { runOnly: ["color-contrast"] }) };
    const { violations, incomplete } = await page.evaluate((asked) => axe.run(asked), options);
    const weak = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}`));
    for (const item of incomplete) weak.push(...(await decide(page, item)));
    decided += incomplete.reduce((count, { nodes }) => count + nodes.length, 0);
    found.push(...weak.map((said) => `${width} ${colorScheme}: ${said}`));
    await page.close();
  }
}
await browser.close();
console.log(JSON.stringify({ found, decided }));
