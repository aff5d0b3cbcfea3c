import { expect, test } from "vitest";
import { outputShares } from "../../../apps/explainer/reading.js";
import { initial, viewNames } from "../../../apps/explainer/state.js";
import { expected, percents } from "../expected.js";
import type { Stage } from "../stage.js";

const bank = "#text=river+bank+flooded";

/** What copies as JSON hold, some in one view, some in another. */
interface Data {
  readonly keys: readonly { readonly weight: number; readonly share: number }[];
  readonly layer: number;
  readonly head: number;
  readonly key: number;
  readonly raw: number;
  readonly weight: number;
  readonly output: readonly number[];
  readonly sentences: readonly string[];
  readonly words: readonly number[];
  readonly cosineOfOutputs: number;
}

/** What the views of free play show. */
export function views(at: Stage): void {
  const { open, text, numbers, mark } = at;
  const chosen = (word: number): Promise<string | null> =>
    at.page.getAttribute(`#words button >> nth=${word}`, "aria-pressed");
  const badges = (): Promise<string[]> => at.page.locator("#badges li").allTextContents();
  const data = async (): Promise<Data> => JSON.parse(await at.copied("json")).data;

  test("at first: bank attends to river and flooded, with the numbers of the library", async () => {
    await open({ hash: bank });
    expect(await text("#title")).toBe("What “bank” attends to");
    expect(await text("#subtitle")).toBe("river bank flooded · layer 2");
    expect(await badges()).toEqual(["mean of 4 heads, which the model never forms"]);
    const { weights } = expected().words.matrix();
    expect(await numbers()).toEqual(percents(weights[1]));
    expect(await numbers()).toEqual(["24\u00a0%", "37\u00a0%", "39\u00a0%"]);
    expect(at.wrong).toEqual([]);
  });

  test("the other example: bat attends to ball", async () => {
    await open({ hash: bank });
    await at.example("the bat hit the ball");
    const { weights } = expected({ text: "the bat hit the ball" }).words.matrix();
    expect(await numbers()).toEqual(percents(weights[1]));
    expect((await numbers())[4]).toBe("31\u00a0%");
  });

  test("each view has a tab, a picture, a caption and a table", async () => {
    await open({ hash: bank });
    const titles = new Set<string>();
    for (const view of viewNames) {
      await at.page.click(`#tab-${view}`);
      await at.drawn();
      expect(await at.page.getAttribute(`#tab-${view}`, "aria-selected")).toBe("true");
      expect(await at.page.locator("#tabs [aria-selected=true]").count()).toBe(1);
      titles.add(await text("#title"));
      expect((await text("#caption")).length, view).toBeGreaterThan(20);
      await at.page.evaluate(() => (document.querySelector("details")!.open = true));
      await at.page.waitForSelector("#table tbody tr");
      expect(await at.nonsense(), view).toEqual([]);
    }
    // Bars and the comparison of two sentences have their words in common, no more.
    expect(titles.size).toBe(viewNames.length);
    expect(at.wrong).toEqual([]);
  });

  test("a word is chosen by a click, by its row in the matrix, and by the keyboard", async () => {
    await open({ hash: bank });
    await at.page.click("#words >> text=river");
    expect(await text("#title")).toBe("What “river” attends to");
    await at.page.click("#tab-matrix");
    await at.page.locator("#picture .names [role=button]").nth(2).click();
    expect(await chosen(2)).toBe("true");
    await at.page.locator("#picture .names [role=button]").nth(1).focus();
    await at.page.keyboard.press("Enter");
    expect(await chosen(1)).toBe("true");
    expect(
      await at.page.evaluate(() => document.activeElement?.getAttribute("aria-label")),
    ).toContain("bank");
    await at.page.keyboard.press("ArrowUp");
    await at.page.keyboard.press(" ");
    expect(await chosen(0)).toBe("true");
    const { normalizedEntropy } = expected().words.matrix();
    const labels = await at.page
      .locator("#picture .names [role=button]")
      .evaluateAll((all) => all.map((it) => it.getAttribute("aria-label")));
    expect(labels).toEqual(
      percents(normalizedEntropy).map(
        (spread, i) => `${bank.slice(6).split("+")[i]}, spread ${spread}`,
      ),
    );
  });

  test("a bar points out its key, a cell its row and key, a line its word", async () => {
    await open({ hash: bank });
    await mark({ query: 1, key: 0 }).click();
    expect(await at.page.getAttribute("#picture [data-key='0']", "aria-pressed")).toBe("true");
    expect(await at.hash()).toContain("key=1");
    await at.page.click("#tab-matrix");
    await mark({ query: 2, key: 1 }).click();
    expect(await chosen(2)).toBe("true");
    await expect.poll(at.hash).toContain("word=3&key=2");
    await at.page.click("#tab-lines");
    expect(await text("#title")).toBe("Where “flooded” looks");
    await at.page.locator("#picture [role=button]").first().click();
    expect(await chosen(0)).toBe("true");
  });

  test("all heads: a head that is chosen sets layer and head, and is pointed out", async () => {
    await open({ hash: `${bank}&view=heads` });
    const heads = at.page.locator("#picture [role=button]");
    expect(await heads.count()).toBe(8);
    await heads.nth(2).click({ position: { x: 12, y: 12 } });
    expect(await at.page.inputValue("[name=layer]")).toBe("0");
    expect(await at.page.inputValue("[name=head]")).toBe("2");
    expect(await heads.nth(2).getAttribute("aria-pressed")).toBe("true");
    expect(await at.page.locator("#picture [aria-pressed=true]").count()).toBe(1);
    await at.page.click("#tab-bars");
    const { weights } = expected({ layer: 0, head: 2 }).words.matrix();
    expect(await numbers()).toEqual(percents(weights[1]));
  });

  test("the matrix tells the pair under the pointer, and why it is blocked", async () => {
    await open({ hash: `${bank}&view=matrix&causal=true` });
    const { weights } = expected({ causal: true }).words.matrix();
    await mark({ query: 1, key: 0 }).hover();
    expect(await text("#detail")).toBe(`bank → river: ${percents(weights[1])[0]}`);
    await mark({ query: 1, key: 2 }).hover();
    expect(await text("#detail")).toContain(
      "bank → flooded: blocked, causal: key 2 comes after query 1",
    );
    expect(await badges()).toContain("causal: no look ahead");
  });

  test("the blend tells each part's weight and share of the output", async () => {
    await open({ hash: `${bank}&view=blend` });
    const shares = Array.from(outputShares(expected(), initial));
    const rows = (await data()).keys;
    rows.forEach(({ share, weight }, key) => {
      expect(share).toBeCloseTo(shares[key], 5);
      expect(weight).toBeCloseTo(expected().words.matrix().weights[1][key], 6);
    });
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
    await mark({ query: 1, key: 2 }).hover();
    expect(await text("#detail")).toContain("flooded");
  });

  test("step by step: the strongest key at first, and the numbers of a pair, for another too", async () => {
    await open({ hash: `${bank}&view=steps&head=2` });
    const strongest = expected({ head: 1 })
      .words.row(1)
      .keys.find(({ keyIndex }) => keyIndex !== 1)!;
    expect(await at.page.inputValue("#against select")).toBe(String(strongest.keyIndex));
    await at.page.selectOption("#against select", { value: "2" });
    const shown = await data();
    const row = expected({ head: 1 }).stages.row(1);
    expect([shown.key, shown.layer, shown.head]).toEqual([2, 1, 1]);
    expect(shown.raw).toBeCloseTo(row.raw[2], 4);
    expect(shown.weight).toBeCloseTo(row.weights[2], 5);
    expect(shown.output[0]).toBeCloseTo(row.output[0], 5);
    expect(await text("#caption")).toContain("Of “flooded” it is the piece “flood”.");
    // The picture has the numbers too, in three digits.
    const picture = (await at.page.locator("#picture svg").textContent())!;
    for (const number of [row.raw[2], row.masked[2], row.weights[2]]) {
      expect(picture).toContain(number.toPrecision(3).slice(0, 4));
    }
  });

  test("step by step, a mean of heads tells what each of them gives", async () => {
    await open({ hash: `${bank}&view=steps&key=1` });
    const heads = [0, 1, 2, 3].map((head) => expected({ head }).stages.row(1).weights[0]);
    const best = heads.indexOf(Math.max(...heads));
    expect((await text("#caption")).replaceAll("\u00a0", " ")).toContain(
      `This is head ${best + 1}, which gives the most: the heads give ${percents(heads).join(", ")}, their mean is 24\u00a0%.`.replaceAll(
        "\u00a0",
        " ",
      ),
    );
    // It is one head: nothing says that it is the mean.
    expect(await badges()).toEqual([]);
    expect(await text("#subtitle")).toContain(`head ${best + 1}`);
    const { asked, data: shown } = JSON.parse(await at.copied("json"));
    expect([asked.head, shown.head]).toEqual(["mean", best]);
    await at.page.check("[name=causal]");
    await at.page.selectOption("#against select", { value: "2" });
    expect(await text("#caption")).toContain("It is 0 in every head.");
  });

  test("layer, head, temperature, causal and pieces recompute what is shown", async () => {
    await open({ hash: bank });
    await at.page.selectOption("[name=layer]", { value: "0" });
    await at.page.selectOption("[name=head]", { value: "3" });
    const widths = (): Promise<number[]> =>
      at.page
        .locator("#picture [data-query][data-key] rect")
        .evaluateAll((bars) => bars.map((bar) => Number(bar.getAttribute("width"))));
    const cold = expected({ layer: 0, head: 3 }).words.matrix().weights[1];
    expect(await numbers()).toEqual(percents(cold));
    const before = await widths();
    await at.page.fill("[name=temperature]", "4");
    const hot = expected({ layer: 0, head: 3, temperature: 4 }).words.matrix().weights[1];
    expect(await numbers()).toEqual(percents(hot));
    expect(await badges()).toContain("temperature 4");
    // The scale is the same, whatever the largest weight is.
    const after = await widths();
    after.forEach((width, key) => {
      expect(width / hot[key]).toBeCloseTo(before[0] / cold[0], 0);
    });
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
    await open({ hash: bank });
    await at.page.click("#words >> text=flooded");
    await at.page.check("[name=pieces]");
    expect(await text("#title")).toBe("What “▁flood” attends to");
    await at.page.click("#words >> text=ed");
    await at.page.uncheck("[name=pieces]");
    expect(await text("#title")).toBe("What “flooded” attends to");
  });

  test("without a word the others share what it had; a badge says so, another click brings it back", async () => {
    await open({ hash: bank });
    const before = await numbers();
    await at.page.click("#absent >> text=river");
    expect(await at.page.getAttribute("#absent [data-word='0']", "aria-pressed")).toBe("true");
    expect(await badges()).toContain("without “river”");
    expect(await numbers()).toEqual([
      "blocked",
      ...percents(expected({ without: [0] }).words.matrix().weights[1]).slice(1),
    ]);
    await at.page.click("#tab-compare");
    // With and without it, beside each other: no other sentence is asked for.
    expect(await at.hash()).not.toContain("against");
    await at.page.click("#tab-bars");
    await at.page.click("#absent >> text=river");
    expect(await numbers()).toEqual(before);
  });

  test("compare: the same word in another sense by default, or in a sentence that is typed", async () => {
    await open({ hash: `${bank}&view=compare` });
    expect(await at.page.inputValue("[name=other]")).toBe("money bank closed");
    expect(await at.hash()).toContain("against=money+bank+closed");
    expect((await data()).sentences).toEqual(["river bank flooded", "money bank closed"]);
    await at.page.fill("[name=other]", "my bank is far away");
    await at.page.press("[name=other]", "Enter");
    await expect.poll(() => text("#picture"), { timeout: 30_000 }).toContain("away");
    const { sentences, words, cosineOfOutputs } = await data();
    expect([sentences[1], words]).toEqual(["my bank is far away", [1, 1]]);
    expect(Math.abs(cosineOfOutputs)).toBeLessThanOrEqual(1);
    expect(at.wrong).toEqual([]);
  });
}
