// Opens every page of a running service in a real browser and fails on what a person would stumble over: see .ci/pages.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import puppeteer from "puppeteer-core";

const [program, chromium, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const failures = [];
let looked = 0;
const fail = (where, what) => failures.push(`${where}: ${what}`);
mkdirSync(pictures, { recursive: true });

const service = spawn(program, { stdio: ["pipe", "pipe", "inherit"] });
const first = await new Promise((told) => createInterface({ input: service.stdout }).once("line", told));
const { address, administrator, display, player, invite, scenario } = JSON.parse(first);
const nextChange = () => service.stdin.write("\n");

const NEEDED = {
  "content-security-policy": /^default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
  "x-content-type-options": /^nosniff$/,
  "x-frame-options": /^DENY$/,
  "referrer-policy": /^no-referrer$/,
  "cross-origin-opener-policy": /^same-origin$/,
  "cross-origin-resource-policy": /^same-origin$/,
};

const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--force-device-scale-factor=1"] });

// A browser of its own for each who comes in, as cookies are shared within one.
async function visitor(come) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  let where = "?";
  let expected = 200;
  page.on("console", (message) => {
    if (!["error", "warn"].includes(message.type())) return;
    if (expected >= 400 && message.text().includes(`status of ${expected}`)) return;
    fail(where, `the console says: ${message.text()}`);
  });
  page.on("pageerror", (error) => fail(where, `the script failed: ${error}`));
  page.on("request", (request) => {
    // What is inside a control of the browser itself; a page’s own would be stopped by the policy.
    if (request.url().startsWith("data:")) return;
    if (!request.url().startsWith(`${address}/`)) fail(where, `asked for ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.url().startsWith("data:")) return;
    const headers = response.headers();
    for (const [name, form] of Object.entries(NEEDED))
      if (!form.test(headers[name] ?? "")) fail(where, `${response.url()} has ${name}: ${headers[name]}`);
    if (response.url().includes("/assets/") && !/immutable/.test(headers["cache-control"] ?? ""))
      fail(where, `${response.url()} is not kept by the browser`);
  });
  const open = async (path, status = 200) => {
    where = path;
    expected = status;
    const answer = await page.goto(address + path, { waitUntil: "load" });
    if (answer.status() !== status && answer.status() !== 304) fail(path, `answered ${answer.status()}, not ${status}`);
    return answer;
  };
  if (come) await come(page, open);
  return { page, open, expect: (status) => (expected = status) };
}

const withToken = (token) => async (page, open) => {
  await open("/sign-in");
  await page.type("#secret", token);
  await Promise.all([page.waitForNavigation(), page.click("form[action='/sign-in'] button")]);
};

const withLink = async (page) => {
  const asked = await fetch(`${address}/v1/me/browser`, { method: "POST", headers: { authorization: `Bearer ${player}` } });
  const { link } = await asked.json();
  await page.goto(link, { waitUntil: "load" });
  if (new URL(page.url()).pathname !== "/") fail("/enter", `led to ${page.url()}`);
};

// A name for a picture, the same at each run.
const called = (name) =>
  name
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\b[a-z2-7]{24}\b|\b[a-z2-7]{8}\b(?=\/revoke)/g, "one")
    .replace(/after=[\w-]+/, "after")
    .replace(/^\/ /, "board ")
    .replace(/^\W+/, "")
    .replace(/\W+/g, "-");

async function examine({ page, open }, path, status) {
  for (const scheme of ["light", "dark"]) {
    for (const width of [360, 1280]) {
      const name = `${path} ${scheme} ${width}`;
      await page.setViewport({ width, height: width === 360 ? 740 : 800 });
      await page.emulateMediaFeatures([
        { name: "prefers-color-scheme", value: scheme },
        { name: "prefers-reduced-motion", value: "reduce" },
      ]);
      await open(path, status);
      await page.evaluate(() => document.fonts.ready);
      await page.evaluate(axe);
      const found = await page.evaluate(() =>
        window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
      );
      for (const violation of found.violations)
        fail(name, `${violation.id}: ${violation.help}: ${violation.nodes.map((node) => node.target.join(" ") + " " + (node.any[0]?.message ?? "")).slice(0, 3).join("; ")}`);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) fail(name, `scrolls sideways by ${over} px`);
      if ((await page.title()).trim().length < 3) fail(name, "has no title");
      await page.screenshot({ path: `${pictures}/${called(name)}.png`, fullPage: true });
      looked += 1;
    }
  }
  await byKeyboard(page, path);
  await atTwiceTheSize(page, path);
}

// Every control is reached by Tab alone, in its place, and shows that it was.
async function byKeyboard(page, path) {
  await page.evaluate(() => {
    document.activeElement?.blur();
    window.scrollTo(0, 0);
  });
  const wanted = await page.evaluate(() => {
    const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
    return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, [tabindex='0']")].filter(seen).length;
  });
  const reached = new Set();
  // A field for a date takes a step for each of its parts.
  for (let step = 0; step < wanted + 12; step += 1) {
    await page.keyboard.press("Tab");
    const now = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const all = [...document.querySelectorAll("*")];
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const shown = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || element.matches(".skip");
      return { place: all.indexOf(element), words: element.outerHTML.slice(0, 90), shown, inside: box.bottom > 0 && box.top < innerHeight };
    });
    if (!now) break;
    reached.add(now.place);
    if (!now.shown) fail(path, `does not show that the keyboard is at ${now.words}`);
    if (!now.inside) fail(path, `does not bring into view ${now.words}`);
  }
  if (reached.size < wanted) fail(path, `only ${reached.size} of ${wanted} controls are reached by Tab`);
}

// A browser's own zoom to 200 %: half the room, everything still there.
async function atTwiceTheSize(page, path) {
  await page.setViewport({ width: 640, height: 400, deviceScaleFactor: 2 });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 0) fail(`${path} at 200 %`, `scrolls sideways by ${over} px`);
}

const stranger = await visitor();
for (const path of ["/sign-in", new URL(invite).pathname]) await examine(stranger, path);
await examine(stranger, "/nowhere", 404);
await examine(stranger, "/join/aaaaaaaaaaaaaaaaaaaaaaaa", 404);
await stranger.open("/");
if (!stranger.page.url().endsWith("/sign-in")) fail("/", `shows a stranger ${stranger.page.url()}`);
// What is mistyped is told on the form itself.
stranger.expect(401);
await stranger.page.type("#secret", "adm_no");
await Promise.all([stranger.page.waitForNavigation(), stranger.page.click("form[action='/sign-in'] button")]).catch(() => {});
if (!(await stranger.page.$("#secret[aria-invalid]"))) fail("/sign-in", "does not tell that a token is not known");

const own = await visitor(withLink);
for (const path of ["/", `/?scenario=${scenario}&skill=Listening`, "/teams", "/improved", "/me", "/me/delete"]) await examine(own, path);
await examine(own, "/admin", 403);
await own.open("/me");
const revoke = await own.page.$eval("a[href$='/revoke']", (link) => link.getAttribute("href"));
await examine(own, revoke);

const chief = await visitor(withToken(administrator));
for (const path of [
  "/trainer",
  `/trainer/${scenario}`,
  "/admin",
  "/admin/teams",
  "/admin/invites",
  "/admin/players",
  "/admin/players?search=onlooker&team=",
  "/admin/players?search=nobody+at+all&team=",
  "/admin/scenarios",
  "/admin/seasons",
  "/admin/attempts",
  "/admin/access",
  "/admin/log",
  "/admin/seasons/close",
])
  await examine(chief, path);
// A long list leads on and back, and is searched by its form; a trainer looks at one season.
await chief.open("/admin/players");
await examine(chief, await chief.page.$$eval("nav a.button", (found) => found.find((one) => one.textContent === "Further down").getAttribute("href")));
await sends(chief, "/admin/players", "form.search", { "#search": "QUIET" }, /1 of \d+ players/);
await chief.open("/trainer");
const season = await chief.page.$eval("#season option:last-child", (found) => found.value);
await chief.page.select("#season", season);
await Promise.all([chief.page.waitForNavigation(), chief.page.click("form.whose button")]);
for (const [link, words] of [["h2 a", /those whose first/i], ["a.over", /what people find hard/i]]) {
  await Promise.all([chief.page.waitForNavigation(), chief.page.click(link)]);
  if (!chief.page.url().includes(season)) fail("/trainer", `forgets the season at ${chief.page.url()}`);
  if (!words.test(await chief.page.$eval("main", (main) => main.textContent))) fail("/trainer", `does not say ${words}`);
}
await examine(chief, `/trainer?season=${season}`);
await examine(chief, `/trainer/${scenario}?season=${season}`);
// One of each that is behind a list, and the ways that are taken with forms.
for (const [list, link] of [
  ["/admin/teams", "a[href^='/admin/teams/']"],
  ["/admin/players?search=whimbrel", "a[href^='/admin/players/']"],
  ["/admin/attempts", "a[href$='/invalidate']"],
]) {
  await chief.open(list);
  await examine(chief, await chief.page.$eval(link, (found) => found.getAttribute("href")));
}
await sends(chief, "/admin/teams", "form[action='/admin/teams']", { "#team-name": "Early desk" }, /The team was made/);
await sends(chief, "/admin/teams", "form[action='/admin/invites']", {}, /\/join\/[a-z2-7]{24}/);
await sends(chief, "/admin/access", "form[action='/admin/access']", { "#token-name": "hall" }, /see_[a-z2-7]{8}_/);
await sends(chief, "/admin", "form[action='/admin/settings']", { "#retention": "300" }, /The settings were kept/);
await sends(own, "/me", "form[action='/me/alias']", { "#alias": "Grey Heron" }, /Your name was changed/);
await sends(own, "/me", "form[action='/me/listed']", {}, /You are off every board/);
await sends(own, "/me", "form[action='/me/listed']", {}, /shown on the boards again/);

async function sends({ page, open }, path, form, fields, expected) {
  await open(path);
  for (const [field, text] of Object.entries(fields)) {
    await page.$eval(field, (input) => (input.value = ""));
    await page.type(field, text);
  }
  await Promise.all([page.waitForNavigation(), page.click(`${form} button`)]);
  const words = await page.$eval("main", (main) => main.textContent);
  if (!expected.test(words)) fail(path, `after its form ${form} it does not say ${expected}`);
}

// The wall: big, dark and light, upright; and it moves by itself.
const screen = await visitor(withToken(display));
if (!screen.page.url().endsWith("/wall")) fail("/sign-in", `leads a display to ${screen.page.url()}`);
await examine(screen, "/wall");
await examine(screen, "/wall?look=dark");
for (const [width, height] of [[1920, 1080], [3840, 2160], [1080, 1920]])
  for (const look of ["light", "dark"]) {
    await screen.page.setViewport({ width, height });
    await screen.open(`/wall?look=${look}`);
    await screen.page.evaluate(() => document.fonts.ready);
    const cut = await screen.page.$$eval(".slide", (slides) =>
      slides.filter((slide) => slide.scrollHeight > Math.max(slide.clientHeight, innerHeight) + 1).length,
    );
    if (cut > 0) fail(`/wall ${width}`, `${cut} boards do not fit the screen`);
    await screen.page.screenshot({ path: `${pictures}/wall-${width}x${height}-${look}.png` });
    looked += 1;
  }
await screen.page.setViewport({ width: 1920, height: 1080 });
await screen.open("/wall");
nextChange();
await screen.page
  .waitForFunction(() => document.body.textContent.includes("Newcomer 1"), { timeout: 20_000 })
  .catch(() => fail("/wall", "does not show what moved on the boards"));
if (!(await screen.page.evaluate(() => [...document.querySelectorAll(".moved")].some((moved) => moved.textContent === "new here"))))
  fail("/wall", "does not tell that somebody is new");
await own.open("/");
nextChange();
await own.page
  .waitForFunction(() => document.body.textContent.includes("Newcomer 2"), { timeout: 20_000 })
  .catch(() => fail("/", "does not show what moved on the board"));

// Without a script everything is there.
const still = await visitor(withToken(display));
await still.page.setJavaScriptEnabled(false);
await still.open("/wall");
const boards = await still.page.$$eval(".slide", (slides) => slides.filter((slide) => slide.checkVisibility()).length);
if (boards < 3) fail("/wall", `shows ${boards} boards without a script`);

// The service goes away: the wall says so, and finds back by itself.
screen.page.removeAllListeners("console");
own.page.removeAllListeners("console");
service.stdin.end();
await new Promise((ended) => service.once("exit", ended));
await screen.page.setOfflineMode(true);
await screen.page
  .waitForFunction(() => /^Not up to date since/.test(document.querySelector("[data-state]").textContent), { timeout: 30_000 })
  .catch(() => fail("/wall", "does not say that it is out of date"));
await browser.close();

writeFileSync(`${pictures}/failures.txt`, failures.join("\n"));
for (const failure of [...new Set(failures)]) console.error(failure);
console.log(`pages: looked ${looked} times, ${new Set(failures).size} failures; pictures in ${pictures}`);
process.exit(failures.length ? 1 : 0);
