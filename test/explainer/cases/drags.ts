import { expect, test } from "vitest";
import type { Stage } from "../stage.js";

interface Row {
  readonly weight: number;
}

/** What a reader changes by hand in a picture. */
export function drags(at: Stage): void {
  const { open, picture } = at;
  const bank = "#text=river+bank+flooded&head=2";
  const badges = (): Promise<string[]> => at.page.locator("#badges li").allTextContents();
  const weights = async (): Promise<number[]> =>
    (JSON.parse(await at.copied("json")).data.keys as Row[]).map(({ weight }) => weight);
  const sum = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0);
  const handle = () => at.page.locator("#picture [role=slider]");

  /** Drags a mark with the pointer. */
  async function drag(nth: number, [right, down]: readonly [number, number]): Promise<void> {
    const handles = handle();
    await handles.nth(nth).scrollIntoViewIfNeeded();
    const box = (await handles.nth(nth).boundingBox())!;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await at.page.mouse.move(x, y);
    await at.page.mouse.down();
    await at.page.mouse.move(x + right / 2, y + down / 2);
    await at.page.mouse.move(x + right, y + down);
    await at.page.mouse.up();
  }

  test("a weight of the blend, by pointer and by arrow keys; another word has its own again", async () => {
    await open({ hash: `${bank}&view=blend` });
    const before = await weights();
    await drag(0, [60, 0]);
    expect(await badges()).toContain("weights changed by hand");
    const dragged = await weights();
    expect(dragged[0]).toBeGreaterThan(before[0] + 0.02);
    expect(sum(dragged)).toBeCloseTo(1, 6);
    // What is not dragged keeps its proportions.
    expect(dragged[1] / dragged[2]).toBeCloseTo(before[1] / before[2], 5);
    await handle().nth(0).focus();
    await at.page.keyboard.press("ArrowLeft");
    const back = await weights();
    expect(back[0]).toBeLessThan(dragged[0]);
    expect(sum(back)).toBeCloseTo(1, 6);
    await at.page.click("#words >> text=flooded");
    expect(await badges()).toEqual([]);
    await at.page.click("#words >> text=bank");
    expect(await badges()).toEqual([]);
    expect(await weights()).toEqual(before);
    expect(at.wrong).toEqual([]);
  });

  test("the query of the map, by pointer and by arrow keys; another word has its own again", async () => {
    await open({ hash: `${bank}&view=map` });
    const before = await weights();
    await drag(0, [-70, 40]);
    expect(await badges()).toContain("query moved by hand");
    const dragged = await weights();
    expect(dragged).not.toEqual(before);
    expect(sum(dragged)).toBeCloseTo(1, 5);
    await handle().nth(0).focus();
    await at.page.keyboard.press("ArrowUp");
    expect(await weights()).not.toEqual(dragged);
    await at.page.click("#words >> text=flooded");
    expect(await badges()).not.toContain("query moved by hand");
    await at.page.click("#words >> text=bank");
    expect(await badges()).not.toContain("query moved by hand");
    expect(await weights()).toEqual(before);
    expect(at.wrong).toEqual([]);
  });

  test("a weight in the scene of the blend; another scene and back, it is the model's again", async () => {
    await open({ hash: "#scene=blend&text=river+bank+flooded" });
    const before = await picture();
    await drag(0, [60, 0]);
    expect(await picture()).not.toBe(before);
    expect((await badges()).join()).toContain("by hand");
    await handle().nth(0).focus();
    await at.page.keyboard.press("ArrowRight");
    await at.page.click("#scene-next");
    await at.page.click("#scene-back");
    expect((await badges()).join()).not.toContain("by hand");
    expect(await picture()).toBe(before);
    expect(at.wrong).toEqual([]);
  });
}
