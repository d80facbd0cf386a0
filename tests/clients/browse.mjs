// Open a page in a browser and report, as JSON, what axe, the network and the popovers say.
// node browse.mjs <chromium> <page> <width>
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { chromium } = require("playwright-core");
const [, , executablePath, path, width] = process.argv;
const url = pathToFileURL(path).href;

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const viewport = { width: Number(width), height: 900 };
const page = await browser.newPage({ viewport, bypassCSP: false });
const requests = [];
const errors = [];
page.on("request", (request) => {
  const address = request.url();
  if (address !== url && !address.startsWith("data:")) requests.push(address);
});
page.on("pageerror", (error) => errors.push(error.message));
page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
await page.goto(url);

// The page's policy lets no other script in; what the browser is told to run directly is not held by it.
const audit = async () => {
  await page.evaluate(require("node:fs").readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  const result = await page.evaluate(() => axe.run({ rules: { "target-size": { enabled: true } } }));
  return result.violations.map((item) => `${item.id}: ${item.nodes.map((node) => node.target.join(" ")).join(", ")}`);
};
const isOpen = () => page.evaluate(() => document.querySelector("[popover]:popover-open") !== null);
const close = async () => {
  await page.keyboard.press("Escape");
  await page.mouse.move(0, 0);
  await page.waitForTimeout(400);
};

const violations = await audit();
const isOpened = await page.evaluate(() => [...document.querySelectorAll("nav details, .key-statistics details")].map((part) => part.open));
const number = page.locator(".text a.figure").first();
await number.scrollIntoViewIfNeeded();
await page.waitForTimeout(400);

await number.hover();
await page.waitForTimeout(400);
const openOnHover = await isOpen();
await close();

await page.evaluate(() => document.activeElement.blur());
await page.keyboard.press("Tab");
await number.focus();
await page.waitForTimeout(100);
const openOnFocus = await isOpen();
await page.evaluate(() => document.activeElement.blur());
await close();

await number.click();
const openOnClick = await isOpen();
const violationsWithPopover = await audit();
await page.keyboard.press("Escape");
const openAfterEscape = await isOpen();

// By keyboard: from the number into its popover, out of it to what follows, back to the number by Escape.
const isWithin = () => page.evaluate(() => document.activeElement.closest("[popover]") !== null);
const isAtNumber = () => number.evaluate((element) => document.activeElement === element);
await page.keyboard.press("Tab");
await number.focus();
await page.keyboard.press("Tab");
const tabLeadsIn = await isWithin();
await page.keyboard.press("Escape");
const escapeLeadsBack = await isAtNumber();
await page.evaluate(() => document.activeElement.blur());
await number.focus();
await page.keyboard.press("Tab");
for (let tabs = 0; tabs < 9 && (await isWithin()); tabs++) await page.keyboard.press("Tab");
const tabLeadsOut = !(await isWithin()) && !(await isAtNumber());

// A link that was followed leaves a way back.
await number.focus();
await page.keyboard.press("Enter");
await page.locator("#back").click();
const backLeadsBack = (await isAtNumber()) && !(await page.locator("#back").isVisible());

await page.emulateMedia({ colorScheme: "dark" });
const violationsInTheDark = await audit();
await page.emulateMedia({ colorScheme: "light" });

let overflow = 0;
for (const other of [Number(width), 768]) {
  await page.setViewportSize({ width: other, height: 900 });
  overflow = Math.max(overflow, await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth));
}

// Without scripts, a click leads to the annex.
const plain = await browser.newPage({ viewport, javaScriptEnabled: false });
await plain.goto(url);
await plain.locator(".text a.figure").first().click();
const withoutScript = plain.url().includes("#figure-");

await browser.close();
console.log(
  JSON.stringify({
    violations,
    violationsWithPopover,
    requests,
    errors,
    overflow,
    isOpened,
    openOnHover,
    openOnFocus,
    openOnClick,
    openAfterEscape,
    tabLeadsIn,
    tabLeadsOut,
    escapeLeadsBack,
    backLeadsBack,
    violationsInTheDark,
    withoutScript,
  }),
);
