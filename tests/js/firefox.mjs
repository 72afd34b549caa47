// A visit in Firefox: every page opened, then the journey of a race.  Says what it saw as JSON.
//
//     node firefox.mjs BROWSER ADDRESS PAGE...

import puppeteer from "puppeteer-core";

const [executablePath, address, ...pages] = process.argv.slice(2);
const SETTLED = "[data-testid=stApp][data-test-script-state=notRunning]";
const KNOB = ".pgp-knob[data-runner=a][data-param=lr]";
const WIDE = { width: 1440, height: 900 };

const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
const page = await browser.newPage();
await page.setViewport(WIDE);
/** @type {string[]} */
const errors = [];
page.on("pageerror", (error) => errors.push(error.message));

/** @param {string} name */
async function open(name) {
  await page.goto(`${address}/${name}`);
  await page.waitForSelector(SETTLED);
  await page.waitForSelector("h1");
}

/**
 * What an expression gives in the page, once it gives something.
 * @param {string} expression
 */
async function seen(expression) {
  const handle = await page.waitForFunction(expression);
  return handle.jsonValue();
}

const path = `document.querySelector(".pgp-line[data-runner=a]")?.getAttribute("d")`;
const verdict = `document.querySelector(".pgp-verdict[data-runner=a]")?.textContent`;

const opened = [];
for (const name of pages) {
  await open(name);
  opened.push({ name, title: await page.title(), h1: (await page.$$("h1")).length });
}

await open("trajectories");
const before = await seen(path);
await seen(`document.querySelector("${KNOB} .pgp-knob-track")?.style.background`);
await page.focus(`${KNOB} input[type=range]`);
for (let i = 0; i < 8; i += 1) await page.keyboard.press("ArrowRight");
const turned = await seen(`${path} !== ${JSON.stringify(before)} && ${path}`);
await seen(`location.search.includes("a.lr=")`);
await page.waitForSelector(SETTLED);
const said = await seen(verdict);
await page.evaluate(`document.querySelector(".pgp-start").focus()`);
await page.keyboard.press("ArrowUp");
await seen(`location.search.includes("start=")`);
await seen(`${path} !== ${JSON.stringify(turned)}`);
await page.waitForSelector(SETTLED);
await page.focus(".pgp-flip");
await page.keyboard.press("Enter");
const solid = await seen(`!document.querySelector(".pgp-solid").hidden`);
const link = await seen("location.search");
await browser.close();
process.stdout.write(JSON.stringify({ opened, errors, said, solid, link }));
