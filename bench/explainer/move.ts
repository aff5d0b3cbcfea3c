import type { Browser, Page } from "playwright-core";
import { framesOf } from "./count.js";
import type { Conditions, MotionResult } from "./report.js";
import { motions, selectors, type Motion } from "./selectors.js";
import { open, picture, sleep } from "./visit.js";

/** Longer than what moves moves. */
const watched = 1200;
const dragSteps = 40;

/** Counts frames while a reader does something, on a slow processor, each `rounds` times. */
export async function move(
  browser: Browser,
  url: string,
  { slowdown }: Conditions,
  rounds: number,
): Promise<MotionResult[]> {
  const { page } = await open(browser, { megabits: Infinity, latency: 0, slowdown });
  try {
    await page.goto(url);
    if (!(await picture(page, 60_000))) throw new Error("the page shows no picture");
    await sleep(2000);
    const results: MotionResult[] = [];
    for (const motion of motions) results.push(await measured(page, motion, rounds));
    return results;
  } finally {
    await page.context().close();
  }
}

async function measured(page: Page, motion: Motion, rounds: number): Promise<MotionResult> {
  const { name, selector } = motion;
  const runs: number[][] = [];
  for (let round = 0; round < rounds; round++) {
    const element = page.locator(selector).first();
    // A motion may lead to its own end: the last scene has none after it.
    const play = page.locator(selectors.play);
    if (!(await element.isVisible()) && (await play.isVisible())) await play.click();
    if (!(await element.isVisible()) || !(await element.isEnabled())) break;
    await element.scrollIntoViewIfNeeded();
    await sleep(300);
    await page.evaluate(() => Object.assign(globalThis.benchNotes, { frames: [], counting: true }));
    await act(page, motion, round);
    await sleep(watched);
    runs.push(
      await page.evaluate(() => {
        globalThis.benchNotes.counting = false;
        return globalThis.benchNotes.frames;
      }),
    );
  }
  return { name, selector, frames: runs.length === 0 ? null : framesOf(runs) };
}

/** Events as a hand makes them. */
async function act(page: Page, { selector, by }: Motion, round: number): Promise<void> {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) return;
  const y = box.y + box.height / 2;
  if (by === "click") return page.mouse.click(box.x + box.width / 2, y);
  // There and back, so that each round moves.
  const [from, to] = round % 2 === 0 ? [0.25, 0.95] : [0.95, 0.05];
  await page.mouse.move(box.x + from * box.width, y);
  await page.mouse.down();
  for (let step = 1; step <= dragSteps; step++) {
    await page.mouse.move(box.x + (from + ((to - from) * step) / dragSteps) * box.width, y);
    await sleep(16);
  }
  await page.mouse.up();
}
