// Type words into the search of the page of all notes; report, as JSON, which notes are shown.
// node search.mjs <chromium> <page> <words> …
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const [, , executablePath, path, ...words] = process.argv;

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, bypassCSP: false });
const errors = [];
page.on("pageerror", (error) => errors.push(error.message));
page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
await page.goto(pathToFileURL(path).href);
const shown = [];
const said = [];
for (const word of words) {
  await page.fill("#search", word);
  shown.push(await page.$$eval(".notes [data-note]", (rows) => rows.filter((row) => row.checkVisibility()).map((row) => row.dataset.note)));
  said.push(await page.textContent("#found"));
}
console.log(JSON.stringify({ shown, said, errors }));
await browser.close();
