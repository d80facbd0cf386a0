// Edit sources while a preview of them is open in a browser, and report, as JSON, when each change was seen, and the rest.
// node preview.mjs <chromium> <address> <steps>; a step: {name, file, text, selector, seen}; "seen" is a text that comes, "at" another page; one that is "settled" waits for the whole.
import { createRequire } from "node:module";
import { readFileSync, renameSync, writeFileSync } from "node:fs";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const [, , executablePath, address, given] = process.argv;
const { steps } = JSON.parse(readFileSync(given, "utf8"));

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
const errors = [];
const requests = [];
page.on("pageerror", (error) => errors.push(error.message));
page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
page.on("request", (request) => {
  if (!request.url().startsWith(new URL(address).origin) && !request.url().startsWith("data:")) requests.push(request.url());
});
await page.goto(address);
await page.waitForFunction(() => document.documentElement.dataset.preview);

const audit = async () => {
  await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  const result = await page.evaluate(() => axe.run());
  return result.violations.map((item) => `${item.id}: ${item.nodes.map((node) => node.target.join(" ")).join(", ")}`);
};
const isSeen = ([selector, text]) =>
  [...document.querySelectorAll(selector)].some((element) => element.textContent.replace(/\s+/g, " ").includes(text));
// As editors do: a file beside, put in its place.
const save = (file, text) => {
  writeFileSync(`${file}.part`, text);
  renameSync(`${file}.part`, file);
};

const seen = {};
for (const step of steps) {
  if (step.at) {
    await page.goto(new URL(step.at, address).href);
    await page.waitForFunction(() => document.documentElement.dataset.preview);
  }
  if (step.scroll) await page.locator(step.scroll).first().evaluate((element) => element.scrollIntoView({ block: "center" }));
  if (step.click) await page.locator(step.click).first().click();
  const top = () => (step.scroll ? page.locator(step.scroll).first().evaluate((element) => element.getBoundingClientRect().top) : 0);
  const before = await top();
  const started = performance.now();
  save(step.file, step.text);
  await page.waitForFunction(isSeen, [step.selector, step.seen], { polling: "raf", timeout: 30000 }).catch(async (error) => {
    const said = await page.locator(".preview").textContent();
    throw new Error(`${step.name}: "${step.seen}" was not seen in ${step.selector} at ${page.url()}, which says: ${said}`, { cause: error });
  });
  const took = (performance.now() - started) / 1000;
  await page.waitForTimeout(step.wait ?? 300);
  if (step.settled) await page.waitForFunction(() => !document.querySelector(".preview").textContent.includes("being looked at"));
  seen[step.name] = {
    seconds: took,
    moved: Math.abs((await top()) - before),
    open: await page.evaluate(() => document.querySelector("[popover]:popover-open") !== null),
    status: await page.locator(".preview [role=status]").textContent(),
    notes: await page.locator(".preview-note").allTextContents(),
    links: await page.locator(".preview div li > a").evaluateAll((links) => links.map((link) => link.getAttribute("href"))),
    violations: step.audit ? await audit() : [],
  };
  if (step.screenshot) await page.screenshot({ path: step.screenshot });
}
// What was patched in, to the last id: as the page that is served now.
const describe = () =>
  page.evaluate(() => {
    document.querySelectorAll(".preview, .preview-note").forEach((node) => node.remove());
    return ["header", "main", "footer"].map((name) => {
      const part = document.querySelector(`body > ${name}`);
      return [part.textContent, [...part.querySelectorAll("[id]")].map((element) => `${element.localName}#${element.id}`)];
    });
  });
const text = JSON.stringify(await describe());
await page.goto(page.url());
await page.waitForFunction(() => document.documentElement.dataset.preview);
const anew = JSON.stringify(await describe());
const at = [...text].findIndex((character, index) => character !== anew[index]);
await browser.close();
console.log(JSON.stringify({ seen, errors, requests, differs: text === anew ? [] : [text, anew].map((one) => one.slice(Math.max(0, at - 80), at + 80)) }));
