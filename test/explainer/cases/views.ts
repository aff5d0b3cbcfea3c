import { expect, test } from "vitest";
import { pushes } from "../../../apps/explainer/reading.js";
import { expected, percents } from "../expected.js";
import type { Stage } from "../stage.js";

/** What the views show. */
export function views(at: Stage): void {
  const { open, text, numbers, clipboard } = at;

  test("at first: bank attends to river and flooded, with the numbers of the library", async () => {
    await open();
    expect(await text("#title")).toBe("What “bank” attends to");
    expect(await text("#caption")).toContain("layer 2, mean of its 4 heads");
    const { weights } = expected().words.matrix();
    expect(await numbers()).toEqual(percents(weights[1]));
    expect(await numbers()).toEqual(["24\u00a0%", "37\u00a0%", "39\u00a0%"]);
    expect(at.wrong).toEqual([]);
  });

  test("the other example: bat attends to ball", async () => {
    await open();
    await at.page.click("[data-example='the bat hit the ball']");
    await at.page.waitForFunction(() =>
      document.querySelector("#title")?.textContent?.includes("bat"),
    );
    const { weights } = expected({ text: "the bat hit the ball" }).words.matrix();
    expect(await numbers()).toEqual(percents(weights[1]));
    expect((await numbers())[4]).toBe("31\u00a0%");
  });

  test("a word is chosen by a click, by its row in the matrix, and by the keyboard", async () => {
    await open();
    await at.page.click("#words >> text=river");
    expect(await text("#title")).toBe("What “river” attends to");
    await at.page.click("[data-view=matrix]");
    await at.page.locator("svg g.query").nth(2).click();
    expect(await at.page.getAttribute("#words button >> nth=2", "aria-pressed")).toBe("true");
    await at.page.locator("svg g.query").nth(1).focus();
    await at.page.keyboard.press("Enter");
    expect(await at.page.getAttribute("#words button >> nth=1", "aria-pressed")).toBe("true");
    expect(await at.page.evaluate(() => document.activeElement?.textContent)).toContain("bank");
    await at.page.locator("svg g.query").nth(0).focus();
    await at.page.keyboard.press(" ");
    expect(await at.page.getAttribute("#words button >> nth=0", "aria-pressed")).toBe("true");
    const { normalizedEntropy } = expected().words.matrix();
    expect(await at.page.locator("svg .entropy").allTextContents()).toEqual(
      percents(normalizedEntropy),
    );
  });

  test("the matrix tells the pair under the pointer, and why it is blocked", async () => {
    await open({ hash: "#text=river+bank+flooded&view=matrix&causal=true" });
    const hover = async (i: number, j: number): Promise<void> => {
      const box = (await at.page.locator("svg g.query .hit").nth(i).boundingBox())!;
      const column = (await at.page.locator("svg text.column").nth(j).boundingBox())!;
      await at.page.mouse.move(column.x + column.width / 2, box.y + box.height / 2);
    };
    const { weights } = expected({ causal: true }).words.matrix();
    await hover(1, 0);
    expect(await text("#detail")).toBe(`bank → river: ${percents(weights[1])[0]}`);
    await hover(1, 2);
    expect(await text("#detail")).toBe("bank → flooded: 0\u00a0%, blocked: it comes later");
    // With one word to look at there is nothing to spread over.
    expect(await at.page.locator("svg .entropy").allTextContents()).toEqual([
      "–",
      ...percents(expected({ causal: true }).words.matrix().normalizedEntropy.slice(1)),
    ]);
  });

  test("the blend tells each segment's weight and share of the output", async () => {
    await open({ hash: "#text=river+bank+flooded&view=blend" });
    const shares = pushes(expected(), 1);
    const { weights } = expected().words.matrix();
    await at.page.locator("svg g.segment").nth(2).focus();
    const share = `its value makes up ${percents(shares)[2]} of the output`;
    expect(await text("#detail")).toBe(`flooded: weight ${percents(weights[1])[2]}; ${share}`);
    await at.page.locator("svg g.segment").nth(0).hover();
    expect(await text("#detail")).toContain("river: weight 24\u00a0%");
    expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
  });

  test("step by step: the numbers of a pair, for another key too", async () => {
    await open({ hash: "#text=river+bank+flooded&view=steps&head=2" });
    expect(await text("#title")).toMatch(/^“bank” looks at “river”/);
    await at.page.selectOption("#against select", { value: "2" });
    await at.page.click("[data-copy=json]");
    await at.page.waitForSelector("text=Copied.");
    const { data } = JSON.parse(await clipboard());
    const row = expected({ head: 1 }).stages.row(1);
    expect([data.key, data.layer, data.head]).toEqual(["flood", 1, 1]);
    expect(data.raw).toBeCloseTo(row.raw[2], 4);
    expect(data.weight).toBeCloseTo(row.weights[2], 5);
    expect(data.output[0]).toBeCloseTo(row.output[0], 5);
    expect(await text("#caption")).toContain("Of “flooded” it is the piece “flood”.");
    // The picture has the numbers too.
    const shown = await at.page.locator("#picture svg").textContent();
    for (const number of [row.raw[2].toFixed(2), row.scores[2].toFixed(3)]) {
      expect(shown).toContain(number);
    }
    expect(shown).toContain(`= ${row.weights[2].toFixed(3)}, the weight`);
    expect(shown).toContain("softmax(QKᵀ/√128)V");
  });

  test("step by step, a mean of heads tells what each of them gives", async () => {
    await open({ hash: "#text=river+bank+flooded&view=steps" });
    const heads = [0, 1, 2, 3].map((head) => expected({ head }).stages.row(1).weights[0]);
    const each = percents(heads).join(", ");
    expect(await text("#caption")).toContain(
      `The four heads give ${each}; their mean is 24\u00a0%.`,
    );
    await at.page.check("[name=causal]");
    await at.page.selectOption("#against select", { value: "2" });
    expect(await at.page.locator("#picture svg").textContent()).toContain(
      "Blocked: “flood” comes after “bank”. The score counts as −∞, the weight is 0.",
    );
  });

  test("layer, head, temperature, causal and pieces recompute what is shown", async () => {
    await open();
    await at.page.selectOption("[name=layer]", { value: "0" });
    await at.page.selectOption("[name=head]", { value: "3" });
    expect(await numbers()).toEqual(
      percents(expected({ layer: 0, head: 3 }).words.matrix().weights[1]),
    );
    await at.page.fill("[name=temperature]", "4");
    const state = { layer: 0, head: 3, temperature: 4 } as const;
    expect(await numbers()).toEqual(percents(expected(state).words.matrix().weights[1]));
    await at.page.check("[name=causal]");
    expect((await numbers())[2]).toBe("blocked");
    await at.page.check("[name=pieces]");
    expect(await at.page.locator("#words button").allTextContents()).toEqual([
      "▁river",
      "▁bank",
      "▁flood",
      "ed",
    ]);
  });

  test("between words and pieces the place stays", async () => {
    await open();
    await at.page.click("#words >> text=flooded");
    await at.page.check("[name=pieces]");
    expect(await text("#title")).toBe("What “▁flood” attends to");
    await at.page.click("#words >> text=ed");
    await at.page.uncheck("[name=pieces]");
    expect(await text("#title")).toBe("What “flooded” attends to");
  });
}
