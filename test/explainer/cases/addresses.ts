import { expect, test } from "vitest";
import type { Stage } from "../stage.js";

/** What an address holds. */
export function addresses(at: Stage): void {
  const { open, text } = at;

  test("an address restores the view, also when it is changed by hand", async () => {
    await open({ hash: "#text=river+bank+flooded" });
    await at.example("the bat hit the ball");
    await at.page.click("#tab-blend");
    await at.page.selectOption("[name=head]", { value: "2" });
    await at.page.waitForFunction(() => location.hash.includes("head=3"));
    const [title, picture] = [await text("#title"), await at.picture()];
    expect(title).toContain("bat");
    const address = await at.hash();
    expect(await at.copied("link")).toBe(at.served.url + address);
    await at.page.context().close();
    await open({ hash: address });
    expect(await text("#title")).toBe(title);
    expect(await at.picture()).toBe(picture);
    await at.page.evaluate(() => (location.hash = "#text=river+bank+flooded&view=matrix"));
    await at.page.waitForSelector("#picture .names");
    expect(await at.page.inputValue("#text")).toBe("river bank flooded");
    await at.page.evaluate(() => (location.hash = "#scene=heads&text=river+bank+flooded"));
    await at.page.waitForSelector("#scene");
    expect(await text("#scene-place")).toBe("Scene 8 of 13");
  });

  test("a slider that is dragged changes the address a few times, at last to where it is", async () => {
    await open({ hash: "#text=river+bank+flooded" });
    const count = await at.page.evaluate(async () => {
      let written = 0;
      for (const name of ["replaceState", "pushState"] as const) {
        const plain = history[name].bind(history);
        history[name] = (...all) => {
          written++;
          plain(...all);
        };
      }
      const slider = document.querySelector<HTMLInputElement>("#controls [name=temperature]")!;
      for (let n = 10; n <= 40; n++) {
        slider.value = String(n / 10);
        slider.dispatchEvent(new Event("input", { bubbles: true }));
      }
      await new Promise((done) => setTimeout(done, 400));
      return written;
    });
    expect(count).toBeLessThan(6);
    expect(await at.hash()).toContain("temperature=4");
  });
}
