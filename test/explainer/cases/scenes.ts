import { expect, test } from "vitest";
import { scenes as all } from "../../../apps/explainer/scenes/index.js";
import { sceneIds, type SceneId } from "../../../apps/explainer/scenes/ids.js";
import { violations } from "../axe.js";
import { contextOf } from "../sceneContext.js";
import type { Stage } from "../stage.js";

const several = sceneIds.filter((id) => (all[id].beats?.(contextOf({})) ?? 1) > 1);

/** The story. */
export function scenes(at: Stage): void {
  const { open, text, picture } = at;
  const title = (): Promise<string> => text("#scene-title");
  const titleOf = (id: SceneId): string => all[id].title;
  /** All that is drawn stands where it belongs. */
  const still = async (): Promise<string> => {
    await expect.poll(() => at.page.locator("#picture [data-leaves]").count()).toBe(0);
    return picture();
  };

  test.each(sceneIds)("%s: by its address, in words and a picture, on every screen", async (id) => {
    await open({ hash: `#scene=${id}&text=river+bank+flooded` });
    expect(await title()).toBe(titleOf(id));
    expect(await text("#scene-place")).toBe(`Scene ${sceneIds.indexOf(id) + 1} of 13`);
    expect((await text("#scene-text")).length).toBeGreaterThan(80);
    expect((await text("#caption")).length).toBeGreaterThan(20);
    expect(await at.page.locator("#picture svg *").count()).toBeGreaterThan(8);
    expect(await at.page.title()).toContain(titleOf(id));
    expect(await at.page.isVisible("#play")).toBe(false);
    expect(await at.page.getAttribute(`[data-scene=${id}]`, "aria-current")).toBe("step");
    expect(await at.nonsense()).toEqual([]);
    for (const width of [360, 640, 768, 1920]) {
      await at.page.setViewportSize({ width, height: 800 });
      await expect.poll(at.tooWide, { message: `at ${width}` }).toBeLessThanOrEqual(0);
    }
    expect(at.wrong).toEqual([]);
  });

  test.each(sceneIds)("%s: axe finds nothing, light and dark, wide and narrow", async (id) => {
    await open({ hash: `#scene=${id}&text=river+bank+flooded` });
    expect(await violations(at.page), "light").toEqual([]);
    await at.page.setViewportSize({ width: 360, height: 800 });
    await at.page.emulateMedia({ colorScheme: "dark" });
    expect(await violations(at.page), "dark").toEqual([]);
  });

  test("Next, Back and the dots turn the pages; the last one leads to free play", async () => {
    await open();
    expect(await at.page.isDisabled("#scene-back")).toBe(true);
    for (const id of sceneIds) {
      expect(await title()).toBe(titleOf(id));
      await at.page.click("#scene-next");
    }
    expect(await at.page.isVisible("#scene")).toBe(false);
    expect(await at.page.isVisible("#tabs")).toBe(true);
    await at.page.click("#mode-story");
    expect(await title()).toBe(titleOf("reading"));
    await at.page.click("#scene-back");
    expect(await title()).toBe(titleOf("uses"));
    await at.page.click("[data-scene=softmax]");
    expect(await title()).toBe(titleOf("softmax"));
    expect(at.wrong).toEqual([]);
  });

  test("arrow keys turn the pages, f goes to free play and back to the same scene", async () => {
    await open();
    for (const key of ["ArrowRight", "PageDown", "ArrowRight", "ArrowLeft"])
      await at.page.keyboard.press(key);
    expect(await title()).toBe(titleOf("qkv"));
    await at.page.keyboard.press("f");
    expect(await at.page.isVisible("#tabs")).toBe(true);
    await at.page.click("#tab-matrix");
    await at.page.keyboard.press("f");
    expect(await title()).toBe(titleOf("qkv"));
    // The focus on a button is no reason to stay.
    await at.page.click("#mode-story");
    await at.page.keyboard.press("ArrowRight");
    expect(await title()).toBe(titleOf("dot"));
    // Who types a sentence, types.
    await at.page.focus("#text");
    await at.page.keyboard.press("End");
    await at.page.keyboard.type(" f");
    await at.page.keyboard.press("ArrowLeft");
    expect(await title()).toBe(titleOf("dot"));
    expect(await at.page.inputValue("#text")).toBe("river bank flooded f");
  });

  test.each(several)("%s: its pictures follow each other, and end in the last", async (id) => {
    const hash = `#scene=${id}&text=river+bank+flooded`;
    await open({ hash });
    const last = await still();
    await at.page.context().close();
    await open({ hash, motion: true });
    const first = await picture();
    expect(first).not.toBe(last);
    await expect.poll(picture, { timeout: 15_000, interval: 200 }).toBe(last);
    await at.page.click("#scene-again");
    await expect.poll(picture).not.toBe(last);
    expect(at.wrong).toEqual([]);
  });

  test("a key that is chosen while pictures follow each other does not stop them", async () => {
    const hash = "#scene=dot&text=river+bank+flooded&key=1";
    await open({ hash });
    const last = await still();
    await at.page.context().close();
    await open({ hash: hash.replace("key=1", "key=3"), motion: true });
    await at.page.evaluate((hash) => (location.hash = hash), hash);
    await expect.poll(picture, { timeout: 15_000, interval: 200 }).toBe(last);
  });

  test("a slider of a scene changes its picture", async () => {
    await open({ hash: "#scene=softmax&text=river+bank+flooded" });
    const before = await picture();
    await at.page.fill("#scene-sliders [name=temperature]", "4");
    expect(await text("#scene-sliders output")).toBe("4");
    expect(await picture()).not.toBe(before);
    await at.page.click("#scene-next");
    await at.page.click("#scene-back");
    expect(await text("#scene-sliders output")).toBe("1");
    expect(await picture()).toBe(before);
  });
}
