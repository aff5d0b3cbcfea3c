/// <reference lib="dom" />
import { beforeEach, expect, it } from "vitest";
import type { Stage } from "../stage.js";
import "./pages.js";

/** Draws groups of rectangles, `{ a: [1, 2] }`, each number a rectangle of that id 20 pixels below the one before. */
interface Drawn {
  draw(groups: Record<string, number[]>, options?: { duration?: number; y?: number }): void;
  of(id: number): SVGElement | undefined;
}

export function drawing(stage: Stage): void {
  beforeEach(async () => {
    await stage.open("<div id=host></div>");
    await stage.page.evaluate(() => {
      const { marks, draw } = qkv;
      const host = document.querySelector("#host")!;
      const drawn: Drawn = {
        draw: (groups, { duration = 200, y = 0 } = {}) => {
          const all = Object.entries(groups).map(([id, numbers], x) =>
            marks.group(
              id,
              100 * x,
              y,
              numbers.map((n, at) => {
                const box = { x: 0, y: 20 * at, width: 50, height: 18 };
                const extra = { target: { key: n }, label: `mark ${n}`, choice: "open" } as const;
                return marks.rect(`rect-${n}`, box, "key", {}, extra);
              }),
            ),
          );
          const picture = {
            width: 400,
            height: 300,
            title: "Marks",
            subtitle: "",
            badges: [],
            caption: "",
            marks: all,
            table: () => ({ columns: [], rows: [] }),
          };
          draw(host, picture, { duration });
        },
        of: (n) => host.querySelector<SVGElement>(`rect[data-key="${n}"]`) ?? undefined,
      };
      Object.assign(globalThis, { drawn });
    });
  });
  const run = <T>(body: (drawn: Drawn) => T | Promise<T>): Promise<T> =>
    stage.page.evaluate(
      `(${body.toString()})(globalThis.drawn)`.replaceAll("__name", "((f) => f)"),
    ) as Promise<T>;
  const settled = (): Promise<void> => stage.page.waitForTimeout(350);

  it("a mark that is not to be seen is not seen from the first drawing on", async () => {
    const opacities = await stage.page.evaluate(() => {
      const { marks, draw } = qkv;
      const host = document.querySelector("#host")!;
      const box = { x: 0, y: 0, width: 9, height: 9 };
      const picture = {
        width: 99,
        height: 99,
        title: "",
        subtitle: "",
        badges: [],
        caption: "",
        marks: [0, 0.5, 1].map((opacity, n) => marks.rect(`rect-${n}`, box, "key", { opacity })),
        table: () => ({ columns: [], rows: [] }),
      };
      draw(host, picture);
      return [...host.querySelectorAll("rect")].map((rect) => rect.getAttribute("opacity"));
    });
    expect(opacities).toEqual(["0", "0.5", null]);
  });

  it("marks that stay keep their element and the focus, whatever comes before them", async () => {
    await run((drawn) => {
      drawn.draw({ a: [1, 2, 3] });
      drawn.of(3)!.focus();
      Object.assign(globalThis, { kept: drawn.of(3) });
      drawn.draw({ a: [4, 3, 2] });
    });
    await settled();
    const same = await run((drawn) => {
      const { kept } = globalThis as unknown as { kept: Element };
      return drawn.of(3) === kept && document.activeElement === kept;
    });
    expect(same).toBe(true);
    const order = await run(() =>
      [...document.querySelectorAll("rect")].map((it) => it.getAttribute("data-key")),
    );
    expect(order).toEqual(["4", "3", "2"]);
  });

  it("marks move by degrees, and are where they belong at the end", async () => {
    await run((drawn) => {
      drawn.draw({ a: [1, 2] });
      drawn.draw({ a: [2, 1] }, { duration: 1000 });
    });
    await stage.page.waitForTimeout(300);
    const between = await run((drawn) => Number(drawn.of(1)!.getAttribute("y")));
    expect(between).toBeGreaterThan(0);
    expect(between).toBeLessThan(20);
    await stage.page.waitForFunction(
      () => document.querySelector('[data-key="1"]')?.getAttribute("y") === "20",
    );
  });

  it("marks that are gone leave the page, and at once nobody can choose or hear them", async () => {
    const leaving = await run((drawn) => {
      drawn.draw({ a: [1, 2], b: [3] });
      drawn.draw({ a: [1] });
      return [2, 3].map((n) => {
        const element = drawn.of(n)!;
        return element.closest("[aria-hidden]") !== null && !element.hasAttribute("tabindex");
      });
    });
    expect(leaving).toEqual([true, true]);
    await settled();
    expect(await stage.page.locator("#host rect").count()).toBe(1);
    expect(await stage.page.locator("#host g").count()).toBe(1);
  });

  it("a move that is interrupted goes on from where it was seen, to the last picture", async () => {
    await run((drawn) => {
      drawn.draw({ a: [1, 2] });
      drawn.draw({ a: [2, 1], b: [3] }, { duration: 1000 });
    });
    await stage.page.waitForTimeout(200);
    const { before, after } = await run((drawn) => {
      const y = () => Number(drawn.of(1)!.getAttribute("y"));
      const before = y();
      drawn.draw({ a: [1, 2] }, { duration: 100 });
      return { before, after: y() };
    });
    expect(before).toBeGreaterThan(0);
    expect(after).toBeCloseTo(before, 1);
    await settled();
    const end = await run((drawn) => ({
      places: [1, 2].map((n) => drawn.of(n)!.getAttribute("y")),
      faded: [...document.querySelectorAll("[opacity], [data-leaves]")].length,
      count: document.querySelectorAll("rect").length,
    }));
    expect(end).toEqual({ places: ["0", "20"], faded: 0, count: 2 });
  });

  it("a mark that comes into another group keeps its element and focus, and starts where it was", async () => {
    const { same, before, after } = await run((drawn) => {
      drawn.draw({ a: [1, 2], b: [3] });
      const element = drawn.of(2)!;
      element.focus();
      const place = () => element.getBoundingClientRect();
      const before = place();
      drawn.draw({ a: [1], b: [3, 2] });
      const after = place();
      return {
        same: drawn.of(2) === element && document.activeElement === element,
        before: [before.x, before.y],
        after: [after.x, after.y],
      };
    });
    expect(same).toBe(true);
    expect(after[0]).toBeCloseTo(before[0], 0);
    expect(after[1]).toBeCloseTo(before[1], 0);
    await settled();
    const end = await run((drawn) => {
      const [host, it] = [document.querySelector("#host svg")!, drawn.of(2)!].map((element) =>
        element.getBoundingClientRect(),
      );
      return [it.x - host.x, it.y - host.y];
    });
    expect(end[0]).toBeCloseTo(100, 0);
    expect(end[1]).toBeCloseTo(20, 0);
  });

  it("a mark is saved from a group that leaves", async () => {
    await run((drawn) => {
      drawn.draw({ a: [1], b: [2] });
      drawn.draw({ b: [2, 1] });
    });
    await settled();
    expect(await stage.page.locator("#host g").count()).toBe(1);
    expect(await run((drawn) => drawn.of(1)!.getAttribute("y"))).toBe("20");
  });

  it("a group comes into the group before it", async () => {
    const nested = await stage.page.evaluate(() => {
      const { marks, draw } = qkv;
      const host = document.querySelector("#host")!;
      const picture = (all: ReturnType<typeof marks.group>[]) => ({
        width: 100,
        height: 100,
        title: "Nested",
        subtitle: "",
        badges: [],
        caption: "",
        marks: all,
        table: () => ({ columns: [], rows: [] }),
      });
      const { group, rect } = marks;
      const inner = [rect("r", { x: 0, y: 0, width: 9, height: 9 }, "key")];
      const last = group("c", 0, 0, []);
      draw(host, picture([group("a", 0, 0, []), group("b", 10, 0, inner), last]));
      draw(host, picture([group("a", 0, 0, [group("b", 10, 0, inner)]), last]));
      return host.querySelectorAll("svg > g > g > rect").length;
    });
    expect(nested).toBe(1);
    await settled();
    expect(await stage.page.locator("#host svg > g").count()).toBe(2);
  });

  it("where the focused mark is gone, the focus goes to a choice that is there", async () => {
    const focused = await run((drawn) => {
      drawn.draw({ a: [1, 2] });
      drawn.of(2)!.focus();
      drawn.draw({ a: [1] });
      return document.activeElement?.getAttribute("data-key");
    });
    expect(focused).toBe("1");
  });

  it("one mark takes part in the Tab order, and arrow keys go to the others", async () => {
    await run((drawn) => drawn.draw({ a: [1, 2], b: [3] }));
    await stage.page.keyboard.press("Tab");
    const at = () => run(() => document.activeElement?.getAttribute("data-key"));
    expect(await at()).toBe("1");
    await stage.page.keyboard.press("ArrowDown");
    expect(await at()).toBe("2");
    await stage.page.keyboard.press("Home");
    await stage.page.keyboard.press("ArrowRight");
    expect(await at()).toBe("3");
    expect(await stage.page.locator('#host [tabindex="0"]').count()).toBe(1);
  });

  it("a reader who asks for no motion sees none", async () => {
    await stage.page.emulateMedia({ reducedMotion: "reduce" });
    const y = await run((drawn) => {
      drawn.draw({ a: [1, 2] });
      drawn.draw({ a: [2, 1] });
      return drawn.of(1)!.getAttribute("y");
    });
    expect(y).toBe("20");
  });
}
