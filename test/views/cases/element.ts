/// <reference lib="dom" />
import { expect, it } from "vitest";
import type { Stage } from "../stage.js";
import { elementOf, tokens, weights } from "./pages.js";

const [layer1] = weights;

export function element(stage: Stage): void {
  const text = (part: string): Promise<string> =>
    stage.page.locator(`qkv-attention [part="${part}"]`).innerText();
  const shown = (title: string): Promise<unknown> =>
    stage.page.waitForFunction(
      (title) =>
        document.querySelector("qkv-attention")?.shadowRoot?.querySelector("#title")
          ?.textContent === title,
      title,
    );
  /** Keeps what the element says from now on. */
  const listen = (): Promise<void> =>
    stage.page.evaluate(() => {
      const said: unknown[] = [];
      Object.assign(globalThis, { said });
      for (const name of ["qkv-choose", "qkv-point"])
        document.addEventListener(name, (event) =>
          said.push([name.slice(4), (event as CustomEvent).detail]),
        );
    });
  const said = (): Promise<unknown[]> =>
    stage.page.evaluate(() => (globalThis as unknown as { said: unknown[] }).said.splice(0));

  it("plain HTML is enough, under a policy that allows nothing inline", async () => {
    await stage.open(elementOf('query="1" head="0"'));
    await shown("What “bank” attends to");
    expect(await text("subtitle")).toBe("river bank flooded");
    expect(await text("badges")).toBe("head 0");
    expect(await text("caption")).toMatch(/^The most goes to “flooded” \(40\s%\)/);
    expect(await stage.page.locator("qkv-attention svg [data-target]").count()).toBe(3);
    await stage.page.locator("summary").click();
    await stage.page.locator("qkv-attention table").waitFor();
    expect(await stage.page.locator("qkv-attention tbody tr").count()).toBe(3);
    expect(stage.wrong).toEqual([]);
  });

  it("tensors, an array of layers, and query, key and value are data too", async () => {
    const query = { shape: [3, 1], data: [1, 2, 3] };
    const qkv = { tokens, query, key: [[1], [0], [1]], value: [[1], [2], [3]], causal: true };
    await stage.open(elementOf('layer="1"', [{ tokens, weights }, qkv]));
    await shown("What “river” attends to");
    expect(await text("badges")).toBe("layer 1");
    expect(await text("caption")).toContain("All of it goes to itself");
  });

  it("properties that were set before the element was known count", async () => {
    await stage.open("");
    await stage.page.evaluate(
      ({ tokens, weights }) => {
        const element = document.createElement("qkv-attention");
        element.explanation = qkv.explainWeights(weights, { tokens });
        element.query = 2;
        document.querySelector("main")!.append(element);
      },
      { tokens, weights },
    );
    await shown("What “flooded” attends to");
  });

  it("follows its properties and attributes", async () => {
    await stage.open(elementOf(""));
    await stage.page.evaluate(() => {
      document.querySelector("qkv-attention")!.query = 1;
    });
    await shown("What “bank” attends to");
    await stage.page.evaluate(() => {
      const element = document.querySelector("qkv-attention")!;
      element.setAttribute("view", "matrix");
      element.subtitle = "of my own";
    });
    await shown("What every word attends to");
    expect(await text("subtitle")).toBe("of my own");
    const picture = await stage.page.evaluate(() => {
      const { view, query, key, head, layer, controls, picture } =
        document.querySelector("qkv-attention")!;
      return { view, query, key, head, layer, controls, title: picture!.title };
    });
    expect(picture).toEqual({
      view: "matrix",
      query: 1,
      key: undefined,
      head: "mean",
      layer: 0,
      controls: false,
      title: "What every word attends to",
    });
  });

  it("what is wrong is said in place of the picture, and goes when it is right", async () => {
    await stage.open(elementOf('query="7"'));
    await stage.page.locator("qkv-attention [part=error]").waitFor();
    expect(await text("error")).toBe(
      "qkv-attention(): query: expected at most 2, for there are 3 tokens; got 7.",
    );
    expect(await stage.page.locator("qkv-attention svg").isVisible()).toBe(false);
    await stage.page.evaluate(() =>
      document.querySelector("qkv-attention")!.setAttribute("query", "0"),
    );
    await shown("What “river” attends to");
    expect(await stage.page.locator("qkv-attention [part=error]").isVisible()).toBe(false);
    const messages = await stage.page.evaluate(() => {
      const element = document.querySelector("qkv-attention")!;
      return (
        [
          () => (element.explanation = [[1]] as never),
          () => (element.query = -1),
          () => (element.view = "pie" as never),
          () => (element.head = "first" as never),
        ] as (() => void)[]
      ).map((set) => {
        try {
          set();
          return "nothing";
        } catch (error) {
          return `${(error as Error).name} ${(error as Error).message}`;
        }
      });
    });
    expect(messages[0]).toMatch(/^TypeError qkv-attention\(\): explanation: expected what explain/);
    expect(messages[1]).toMatch(/^RangeError .*query: expected a position, from 0; got "-1"/);
    expect(messages[2]).toMatch(/^RangeError .*view: expected bars, matrix.*; got "pie"/);
    expect(messages[3]).toMatch(/^RangeError .*head: /);
    await stage.page.locator("qkv-attention [part=error]").waitFor();
    expect(await text("error")).toContain("explanation: expected what explain");
  });

  it.each([
    ["no JSON", "{", "expected JSON"],
    ["no numbers", `{"tokens":["a"]}`, "expected weights, or query, key and value"],
    ["too few tokens", `{"tokens":["a"],"weights":[[0.5,0.5],[1,0]]}`, "tokens"],
  ])("JSON with a mistake is told so: %s", async (_, json, message) => {
    await stage.open(
      `<qkv-attention><script type="application/json">${json}</script></qkv-attention>`,
    );
    await stage.page.locator("qkv-attention [part=error]").waitFor();
    expect(await text("error")).toContain(message);
  });

  it("a choice in the picture is told, and shown unless the page prevents it", async () => {
    await stage.open(elementOf(""));
    await shown("What “river” attends to");
    await listen();
    const row = stage.page.locator('qkv-attention [data-key="1"]').first();
    await row.click();
    expect(await said()).toEqual(
      expect.arrayContaining([
        ["point", { query: 0, key: 1 }],
        ["choose", { query: 0, key: 1 }],
      ]),
    );
    await expect.poll(() => row.getAttribute("aria-pressed")).toBe("true");
    expect(await text("pointed")).toMatch(/^bank: 13/);
    await row.click();
    await expect.poll(() => row.getAttribute("aria-pressed")).toBe("false");
    await stage.page.evaluate(() =>
      document.addEventListener("qkv-choose", (event) => event.preventDefault()),
    );
    await row.click();
    await stage.page.waitForTimeout(50);
    expect(await row.getAttribute("aria-pressed")).toBe("false");
  });

  it("everything can be chosen with the keyboard", async () => {
    await stage.open(elementOf("controls"));
    await shown("What “river” attends to");
    await listen();
    const { keyboard } = stage.page;
    const focused = (): Promise<string> =>
      stage.page.evaluate(() => {
        const { activeElement } = document.activeElement!.shadowRoot!;
        return activeElement!.getAttribute("aria-label") ?? activeElement!.textContent!;
      });
    await keyboard.press("Tab");
    expect(await focused()).toBe("Bars");
    await keyboard.press("ArrowRight");
    await shown("What every word attends to");
    expect(await focused()).toBe("Matrix");
    await keyboard.press("Home");
    await shown("What “river” attends to");
    await keyboard.press("Tab");
    await keyboard.press("ArrowDown");
    await keyboard.press("Tab");
    expect(await focused()).toBe("river");
    await keyboard.press("ArrowRight");
    await shown("What “bank” attends to");
    await keyboard.press("Tab");
    await keyboard.press("End");
    expect(await focused()).toMatch(/^flooded: /);
    await keyboard.press("Enter");
    const chosen = (await said()).filter((it) => (it as [string])[0] === "choose");
    expect(chosen).toEqual([
      ["choose", { view: "matrix" }],
      ["choose", { view: "bars" }],
      ["choose", { head: 0 }],
      ["choose", { query: 1 }],
      ["choose", { query: 1, key: 2 }],
    ]);
    expect(await text("badges")).toBe("head 0");
  });

  it("is as wide as its room, and never wider than a phone", async () => {
    await stage.open(elementOf("controls"), { viewport: { width: 320, height: 700 } });
    await shown("What “river” attends to");
    const width = (): Promise<number> =>
      stage.page.evaluate(() => document.querySelector("qkv-attention")!.picture!.width);
    const narrow = await width();
    expect(narrow).toBeLessThan(320);
    expect(await stage.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await stage.page.setViewportSize({ width: 900, height: 700 });
    await expect.poll(width).toBeGreaterThan(narrow + 400);
  });

  it("shows text that arrives after it, and other text when that changes", async () => {
    await stage.open("<qkv-attention></qkv-attention>");
    const put = (word: string): Promise<void> =>
      stage.page.evaluate(
        ([word, json]) => {
          const script = document.createElement("script");
          script.type = "application/json";
          script.append(json.replace("river", word));
          document.querySelector("qkv-attention")!.replaceChildren(script);
        },
        [word, JSON.stringify({ tokens, weights: layer1 })],
      );
    await put("river");
    await shown("What “river” attends to");
    await put("lake");
    await shown("What “lake” attends to");
  });
}
