import type { Browser, Page } from "playwright-core";
import { blocked, layoutShift } from "./count.js";
import { observe } from "./observe.js";
import type { Conditions, Visit } from "./report.js";
import { selectors } from "./selectors.js";

/** How long to wait: for the picture of a page without one, and for a model that arrives. */
const [patience, modelPatience] = [20_000, 240_000];

export interface Opened {
  readonly page: Page;
  readonly model: {
    /** When it was asked for, by the clock of this process. */
    asked: number | undefined;
    readonly requested: Promise<void>;
    readonly arrived: Promise<void>;
  };
}

/** A page in a browser with an empty cache, not yet at any address. */
export async function open(
  browser: Browser,
  { megabits, latency, slowdown }: Conditions,
): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  const bytesPerSecond = Number.isFinite(megabits) ? (megabits * 1e6) / 8 : -1;
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  });
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  // tsx names the functions inside of functions by a helper, which a page does not have.
  await page.addInitScript({ content: "globalThis.__name = (it) => it;" });
  await page.addInitScript(observe, selectors.picture);
  const isModel = (request: { url(): string }) => /\.bin(\?|$)/.test(request.url());
  let [begun, there] = [() => {}, () => {}];
  const model: Opened["model"] = {
    asked: undefined,
    requested: new Promise<void>((done) => (begun = done)),
    arrived: new Promise<void>((done) => (there = done)),
  };
  // Of the context, so that requests of workers are seen too.
  context.on("request", (request) => {
    if (!isModel(request)) return;
    model.asked ??= performance.now();
    begun();
  });
  context.on("requestfinished", (request) => void (isModel(request) && there()));
  return { page, model };
}

/** Measures one visit. */
export async function visit(browser: Browser, url: string, conditions: Conditions): Promise<Visit> {
  const { page, model } = await open(browser, conditions);
  try {
    await page.goto(url);
    // A page may need its model before it can show anything.
    await Promise.race([picture(page, modelPatience), sleep(patience)]);
    await Promise.race([model.requested, sleep(3000)]);
    if (model.asked === undefined) await askForModel(page);
    const modelReady = await ready(page, model);
    const { notes, firstPaint } = await page.evaluate(() => ({
      notes: globalThis.benchNotes,
      firstPaint: performance.getEntriesByName("first-paint")[0]?.startTime ?? null,
    }));
    return {
      firstPaint,
      // A picture that is in the page from the start is not seen before anything is.
      firstPicture: notes.picture === null ? null : Math.max(notes.picture, firstPaint ?? 0),
      modelReady,
      layoutShift: layoutShift(notes.shifts),
      blockedUntilPicture: blocked(notes.tasks, notes.picture ?? 0),
      blocked: blocked(notes.tasks, Infinity),
    };
  } finally {
    await page.context().close();
  }
}

/** Whether there is a picture within a time. */
export function picture(page: Page, timeout: number): Promise<boolean> {
  return page
    .waitForFunction(() => globalThis.benchNotes.picture !== null, null, { timeout })
    .then(
      () => true,
      () => false,
    );
}

/** A reader who begins to write: pages that have examples may not ask for the model before. */
async function askForModel(page: Page): Promise<void> {
  const field = page.locator(selectors.sentence);
  if ((await field.count()) === 0) return;
  await field.fill("a sentence of their own");
  await field.press("Enter");
  await sleep(2000);
}

/** How long it takes from when the model is asked for until it is there and the page no longer says that it loads. */
async function ready(page: Page, { asked, arrived }: Opened["model"]): Promise<number | null> {
  if (asked === undefined) return null;
  const limit = sleep(modelPatience).then(() => false);
  if (!(await Promise.race([arrived.then(() => true), limit]))) return null;
  await page.locator(selectors.loading).first().waitFor({ state: "hidden", timeout: patience });
  if (!(await picture(page, patience))) return null;
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
  return performance.now() - asked;
}

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((done) => setTimeout(done, milliseconds));
