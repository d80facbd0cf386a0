// Say, as JSON, what axe finds in pages for editors, on a phone in the light and on a desk in the dark, what does not fit
// in their width, what their policy stops, and where the keys of one of them lead. One browser opens all.
// node editors.mjs <chromium> <page> …
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [, , executablePath, ...paths] = process.argv;

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const page = await browser.newPage({ bypassCSP: false });
const errors = [];
page.on("pageerror", (error) => errors.push(error.message));
page.on("console", (message) => message.type() === "error" && errors.push(message.text()));

const violations = [];
const overflow = [];
const broken = [];
// What no line may break: a date, a range, a number with its currency or its scale; and no line begins with a point that parts.
const findBroken = () => {
  const HELD = [/\d{4}-\d\d-\d\d/g, /\d+[–-]\d+/g, /\d{1,2} \p{L}{3,9} \d{4}/gu, /[A-Z]{3,4}\s\d[\d.,]*/g, /\d[\d.,]*\s(?:thousand|million|billion)/g, /\d[\d.,]*\s?%/g, /\S\s·/g];
  const found = [];
  const texts = document.createTreeWalker(document.querySelector("body"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { currentNode: node } = texts;
    if (node.parentElement.closest("script, style, option, svg")) continue;
    for (const pattern of HELD) {
      for (const { 0: text, index } of node.data.matchAll(pattern)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + text.length);
        const rows = [...range.getClientRects()].filter((box) => box.width > 1);
        if (rows.some((box) => Math.abs(box.top - rows[0].top) > 4)) found.push(text);
      }
    }
  }
  return found;
};
const keys = {};
for (const path of paths) {
  for (const [width, colorScheme] of [[380, "light"], [1280, "dark"]]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await page.goto(pathToFileURL(path).href);
    await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));
    await page.evaluate(axe);
    const { violations: found } = await page.evaluate(() => axe.run({ resultTypes: ["violations"], rules: { "target-size": { enabled: true } } }));
    for (const { id, nodes } of found) violations.push(`${path} ${width} ${colorScheme}: ${id} ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
    for (const other of [width, 768]) {
      await page.setViewportSize({ width: other, height: 900 });
      const beyond = await page.evaluate(() => Math.max(...[document.documentElement, ...document.querySelectorAll(".scroll")].map((part) => part.scrollWidth - part.clientWidth)));
      if (beyond > 0) overflow.push(`${path} ${other}: ${beyond}`);
      for (const text of await page.evaluate(findBroken)) broken.push(`${path} ${other}: ${text}`);
    }
  }
  // J leads to the first item and opens what folds it; X ticks it off, which is known the next time; K has nowhere to lead.
  await page.goto(pathToFileURL(path).href);
  if (await page.locator(".tick").count()) {
    const at = () => page.evaluate(() => [...document.querySelectorAll(".item:not([hidden])")].indexOf(document.activeElement));
    const places = [];
    for (const key of ["j", "j", "k", "x"]) {
      await page.keyboard.press(key);
      places.push(await at());
    }
    const seen = await page.evaluate(() => document.activeElement.checkVisibility());
    await page.reload();
    keys[path] = { places, seen, ticked: await page.locator(".ticked").count() };
  }
}
await browser.close();
console.log(JSON.stringify({ violations, overflow, broken, errors, keys }));
