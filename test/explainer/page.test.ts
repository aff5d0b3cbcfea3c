import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { buildPage } from "../../examples/explainer/build/buildPage.js";
import { pageModel } from "../../examples/explainer/build/pageModel.js";
import { readModelFile, writeModelFile } from "../../examples/explainer/model/modelFile.js";
import { readingOf, pushes } from "../../examples/explainer/reading.js";
import { initial, type State } from "../../examples/explainer/state.js";
import { encodeInputs } from "../../examples/universal-sentence-encoder/encoder.js";
import { createTokenizer } from "../../examples/universal-sentence-encoder/tokenizer.js";
import { chromiumArguments, findChromium } from "../../scripts/chromium.js";
import { servePage, type Served } from "./servePage.js";

// QKV_BROWSER: "required" fails without a browser, "skip" does without it.
const wish = process.env["QKV_BROWSER"];
const program = wish === "skip" ? undefined : findChromium();
if (program === undefined && wish !== "skip") {
  const message = "No Chrome or Chromium: the tests of the explainer page did not run.";
  if (wish === "required") throw new Error(message);
  console.log(message);
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const model = readModelFile(writeModelFile(pageModel()).buffer as ArrayBuffer);
const tokenize = createTokenizer(model.vocabulary);

/** What the library computes for a state, from the same copy of the model. */
function expected(state: Partial<State> = {}) {
  const whole = { ...initial, ...state };
  const tokens = tokenize(whole.text);
  const ids = tokens.map(({ id }) => id);
  const layers = encodeInputs(model.embedding, [model.first], model.last, ids);
  const encoded = { pieces: tokens.map(({ text }) => text), cut: 0, layers };
  return readingOf(encoded, whole);
}

describe.skipIf(program === undefined)("the explainer page", () => {
  const folder = mkdtempSync(join(tmpdir(), "qkv-explainer-"));
  let browser: Browser;
  let served: Served;
  let page: Page;
  /** What must not happen: errors, blocked resources, requests to other hosts. */
  let wrong: string[];

  beforeAll(async () => {
    await buildPage(folder);
    served = await servePage(folder);
    browser = await chromium.launch({ executablePath: program!, args: [...chromiumArguments] });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await served?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  afterEach(async () => {
    await page.context().close();
  });

  interface Opening {
    readonly hash?: string;
    readonly width?: number;
    readonly scheme?: "light" | "dark";
    readonly from?: Served;
    readonly ready?: boolean;
  }

  async function open({
    hash = "",
    width = 1280,
    scheme = "light",
    from = served,
    ready = true,
  }: Opening = {}) {
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      colorScheme: scheme,
      permissions: ["clipboard-read", "clipboard-write"],
    });
    page = await context.newPage();
    wrong = [];
    page.on("pageerror", (error) => wrong.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" && !/503/.test(message.text())) wrong.push(message.text());
    });
    page.on("request", (request) => {
      const { protocol, origin } = new URL(request.url());
      const own =
        protocol === "data:" || protocol === "blob:" || origin === new URL(from.url).origin;
      if (!own) wrong.push(request.url());
    });
    await page.goto(from.url + hash);
    if (ready) await page.waitForSelector("#picture svg", { timeout: 30_000 });
  }

  const text = (selector: string): Promise<string> => page.innerText(selector);
  const numbers = (): Promise<string[]> => page.locator("svg .row .number").allTextContents();
  const percents = (weights: readonly number[]): string[] =>
    weights.map((weight) => `${Math.round(weight * 100)}\u00a0%`);
  const clipboard = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  const say = async (sentence: string): Promise<void> => {
    await page.fill("#text", sentence);
    await page.click("#ask [type=submit]");
  };

  test("at first: bank attends to river and flooded, with the numbers of the library", async () => {
    await open();
    expect(await text("#title")).toBe("What “bank” attends to");
    expect(await text("#caption")).toContain("layer 2, mean of its 4 heads");
    const { weights } = expected().words.matrix();
    expect(await numbers()).toEqual(percents(weights[1]));
    expect(await numbers()).toEqual(["24\u00a0%", "37\u00a0%", "39\u00a0%"]);
    expect(wrong).toEqual([]);
  });

  test("the other example: bat attends to ball", async () => {
    await open();
    await page.click("[data-example='the bat hit the ball']");
    await page.waitForFunction(() =>
      document.querySelector("#title")?.textContent?.includes("bat"),
    );
    const { weights } = expected({ text: "the bat hit the ball" }).words.matrix();
    expect(await numbers()).toEqual(percents(weights[1]));
    expect((await numbers())[4]).toBe("31\u00a0%");
  });

  test("a word is chosen by a click, by its row in the matrix, and by the keyboard", async () => {
    await open();
    await page.click("#words >> text=river");
    expect(await text("#title")).toBe("What “river” attends to");
    await page.click("[data-view=matrix]");
    await page.locator("svg g.query").nth(2).click();
    expect(await page.getAttribute("#words button >> nth=2", "aria-pressed")).toBe("true");
    await page.locator("svg g.query").nth(1).focus();
    await page.keyboard.press("Enter");
    expect(await page.getAttribute("#words button >> nth=1", "aria-pressed")).toBe("true");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("bank");
    await page.locator("svg g.query").nth(0).focus();
    await page.keyboard.press(" ");
    expect(await page.getAttribute("#words button >> nth=0", "aria-pressed")).toBe("true");
    const { normalizedEntropy } = expected().words.matrix();
    expect(await page.locator("svg .entropy").allTextContents()).toEqual(
      percents(normalizedEntropy),
    );
  });

  test("arrow keys go from word to word, from row to row, from segment to segment", async () => {
    await open({ hash: "#text=the+bat+hit+the+ball&view=matrix" });
    const focused = (): Promise<string | null | undefined> =>
      page.evaluate(() => {
        const { activeElement } = document;
        return activeElement?.getAttribute("aria-label") ?? activeElement?.textContent;
      });
    await page.focus("#words button >> nth=1");
    await page.keyboard.press("ArrowRight");
    expect(await focused()).toBe("hit");
    await page.keyboard.press("Enter");
    expect(await page.getAttribute("#words button >> nth=2", "aria-pressed")).toBe("true");
    await page.locator("svg g.query").nth(3).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toBe("ball");
    await page.click("[data-view=blend]");
    await page.locator("svg g.segment").nth(1).focus();
    await page.keyboard.press("ArrowLeft");
    expect(await text("#detail")).toMatch(/^the: weight/);
  });

  test("the controls work by keys", async () => {
    await open();
    await page.focus("[name=temperature]");
    await page.keyboard.press("ArrowRight");
    expect(await text("#degrees")).toBe("1.1");
    await page.focus("[name=causal]");
    await page.keyboard.press(" ");
    await page.focus("[name=head]");
    await page.keyboard.press("ArrowDown");
    const { weights } = expected({ head: 0, causal: true, temperature: 1.1 }).words.matrix();
    expect(await numbers()).toEqual([...percents(weights[1].slice(0, 2)), "blocked"]);
    await page.focus("#text");
    await page.keyboard.press("End");
    await page.keyboard.type(" again");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#words >> text=again");
  });

  test("the matrix tells the pair under the pointer, and why it is blocked", async () => {
    await open({ hash: "#text=river+bank+flooded&view=matrix&causal=true" });
    const at = async (i: number, j: number): Promise<void> => {
      const box = (await page.locator("svg g.query .hit").nth(i).boundingBox())!;
      const column = (await page.locator("svg text.column").nth(j).boundingBox())!;
      await page.mouse.move(column.x + column.width / 2, box.y + box.height / 2);
    };
    const { weights } = expected({ causal: true }).words.matrix();
    await at(1, 0);
    expect(await text("#detail")).toBe(`bank → river: ${percents(weights[1])[0]}`);
    await at(1, 2);
    expect(await text("#detail")).toBe("bank → flooded: 0\u00a0%, blocked: it comes later");
    // With one word to look at there is nothing to spread over.
    expect(await page.locator("svg .entropy").allTextContents()).toEqual([
      "–",
      ...percents(expected({ causal: true }).words.matrix().normalizedEntropy.slice(1)),
    ]);
  });

  test("a click answers at once, without the worker: words, views, heads, all of it", async () => {
    await open();
    const { orders, titles } = await page.evaluate(() => {
      let orders = 0;
      const post = Worker.prototype.postMessage;
      Worker.prototype.postMessage = function (...all: [unknown]) {
        orders++;
        post.apply(this, all);
      };
      const titles = ["[data-word='0']", "[data-view=matrix]", "[data-view=blend]"].map((name) => {
        document.querySelector<HTMLElement>(name)!.click();
        // In the same task: before the next frame.
        return document.querySelector("#title")!.textContent;
      });
      const head = document.querySelector<HTMLSelectElement>("[name=head]")!;
      head.value = "2";
      head.dispatchEvent(new Event("input", { bubbles: true }));
      return { orders, titles };
    });
    expect(titles).toEqual([
      "What “river” attends to",
      "What every word attends to",
      "What “river” becomes",
    ]);
    expect(orders).toBe(0);
  });

  test("the first picture is there within two seconds of the model, of 128 pieces too", async () => {
    const context = await browser.newContext();
    page = await context.newPage();
    await page.addInitScript(() => {
      const times = window as unknown as Record<"ready" | "drawn", number>;
      const Plain = Worker;
      window.Worker = class extends Plain {
        constructor(...all: ConstructorParameters<typeof Worker>) {
          super(...all);
          this.addEventListener("message", ({ data }: MessageEvent<{ is: string }>) => {
            if (data.is === "ready") times.ready = performance.now();
          });
        }
      };
      new MutationObserver(() => {
        if (document.querySelector("#picture svg *")) times.drawn ??= performance.now();
      }).observe(document, { subtree: true, childList: true });
    });
    const words = Array.from({ length: 128 }, () => "bank").join("+");
    await page.goto(`${served.url}#text=${words}&view=matrix`);
    await page.waitForSelector("#picture svg");
    const took = await page.evaluate(() => {
      const { ready, drawn } = window as unknown as Record<"ready" | "drawn", number>;
      return drawn - ready;
    });
    expect(took).toBeLessThan(2000);
    // Cells of one shade are one element.
    expect(await page.locator("#picture svg *").count()).toBeLessThan(1500);
  });

  test("tabs go by arrow keys, Home and End", async () => {
    await open();
    await page.focus("#tab-bars");
    for (const [key, view] of [
      ["ArrowRight", "matrix"],
      ["End", "steps"],
      ["ArrowRight", "bars"],
      ["ArrowLeft", "steps"],
      ["Home", "bars"],
    ]) {
      await page.keyboard.press(key);
      expect(await page.evaluate(() => document.activeElement?.id)).toBe(`tab-${view}`);
      expect(await page.getAttribute(`#tab-${view}`, "aria-selected")).toBe("true");
    }
  });

  test("the blend tells each segment's weight and share of the output", async () => {
    await open({ hash: "#text=river+bank+flooded&view=blend" });
    const shares = pushes(expected(), 1);
    const { weights } = expected().words.matrix();
    await page.locator("svg g.segment").nth(2).focus();
    const share = `its value makes up ${percents(shares)[2]} of the output`;
    expect(await text("#detail")).toBe(`flooded: weight ${percents(weights[1])[2]}; ${share}`);
    await page.locator("svg g.segment").nth(0).hover();
    expect(await text("#detail")).toContain("river: weight 24\u00a0%");
    expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
  });

  test("step by step: the numbers of a pair, for another key too", async () => {
    await open({ hash: "#text=river+bank+flooded&view=steps&head=2" });
    expect(await text("#title")).toMatch(/^“bank” looks at “river”/);
    await page.selectOption("#against select", { value: "2" });
    await page.click("[data-copy=json]");
    await page.waitForSelector("text=Copied.");
    const { data } = JSON.parse(await clipboard());
    const row = expected({ head: 1 }).stages.row(1);
    expect(data.key).toBe("flood");
    expect(data.raw).toBeCloseTo(row.raw[2], 4);
    expect(data.weight).toBeCloseTo(row.weights[2], 5);
    expect(data.output[0]).toBeCloseTo(row.output[0], 5);
    expect(await text("#caption")).toContain("Of “flooded” it is the piece “flood”.");
    // The picture has the numbers too.
    const shown = await page.locator("#picture svg").textContent();
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
    await page.check("[name=causal]");
    await page.selectOption("#against select", { value: "2" });
    expect(await page.locator("#picture svg").textContent()).toContain(
      "Blocked: “flood” comes after “bank”. The score counts as −∞, the weight is 0.",
    );
  });

  test("layer, head, temperature, causal and pieces recompute what is shown", async () => {
    await open();
    await page.selectOption("[name=layer]", { value: "0" });
    await page.selectOption("[name=head]", { value: "3" });
    expect(await numbers()).toEqual(
      percents(expected({ layer: 0, head: 3 }).words.matrix().weights[1]),
    );
    await page.fill("[name=temperature]", "4");
    const state = { layer: 0, head: 3, temperature: 4 } as const;
    expect(await numbers()).toEqual(percents(expected(state).words.matrix().weights[1]));
    await page.check("[name=causal]");
    expect((await numbers())[2]).toBe("blocked");
    await page.check("[name=pieces]");
    expect(await page.locator("#words button").allTextContents()).toEqual([
      "▁river",
      "▁bank",
      "▁flood",
      "ed",
    ]);
  });

  test("an address restores the view, also when it is changed by hand", async () => {
    await open();
    await page.click("[data-example='the bat hit the ball']");
    await page.click("[data-view=blend]");
    await page.selectOption("[name=head]", { value: "2" });
    await page.waitForFunction(() =>
      document.querySelector("#title")?.textContent?.includes("bat"),
    );
    const [title, picture] = [await text("#title"), await page.innerHTML("#picture")];
    await page.waitForFunction(() => location.hash.includes("head=3"));
    const address = await page.evaluate(() => location.hash);
    await page.click("[data-copy=link]");
    await page.waitForSelector("text=Copied.");
    expect(await clipboard()).toBe(served.url + address);
    await page.context().close();
    await open({ hash: address });
    expect([await text("#title"), await page.innerHTML("#picture")]).toEqual([title, picture]);
    await page.evaluate(() => (location.hash = "#text=river+bank+flooded&view=matrix"));
    await page.waitForSelector("svg g.query");
    expect(await page.inputValue("#text")).toBe("river bank flooded");
  });

  test("PNG, SVG and JSON are copied", async () => {
    await open({ hash: "#text=river+bank+flooded&view=matrix" });
    await page.click("[data-copy=svg]");
    await page.waitForSelector("text=Copied.");
    const svg = await clipboard();
    expect(svg).toMatch(/^<svg[^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain("<title>What every word attends to</title>");
    expect(svg).not.toMatch(/class=|var\(/);
    await page.click("[data-copy=json]");
    await page.waitForSelector("text=Copied.");
    const { data } = JSON.parse(await clipboard());
    const tidy = expected().words.tidy();
    expect(data.rows).toHaveLength(tidy.length);
    tidy.forEach(({ weight, queryId }, n) => {
      expect(data.rows[n].weight).toBeCloseTo(weight, 6);
      expect(data.rows[n].queryId).toBe(queryId);
    });
    await page.click("[data-copy=png]");
    await page.waitForSelector("text=Copied.");
    const size = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const bitmap = await createImageBitmap(await item.getType("image/png"));
      return [bitmap.width > 400, bitmap.height > 200];
    });
    expect(size).toEqual([true, true]);
    expect(wrong).toEqual([]);
  });

  test.each(["bars", "blend", "steps"])("SVG and PNG of %s stand alone", async (view) => {
    await open({ hash: `#text=the+bat+hit+the+ball&view=${view}`, scheme: "dark" });
    await page.click("[data-copy=svg]");
    await page.waitForSelector("text=Copied.");
    expect(await clipboard()).not.toMatch(/class=|var\(|tabindex|aria-/);
    await page.click("[data-copy=png]");
    await page.waitForSelector("text=Copied.");
    // Ground, ink and colours of the theme: not an empty picture.
    const colours = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const bitmap = await createImageBitmap(await item.getType("image/png"));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext("2d")!;
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      return new Set(new Uint32Array(data.buffer)).size;
    });
    expect(colours).toBeGreaterThan(20);
    expect(wrong).toEqual([]);
  });

  test("where a page may not copy, it saves a file", async () => {
    await open();
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed"));
    });
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.click("[data-copy=json]"),
    ]);
    expect(download.suggestedFilename()).toBe("attention.json");
    expect(await text("#copied")).toBe(
      "Saved as attention.json: this browser does not let the page copy.",
    );
  });

  test("a theme that changes changes the picture", async () => {
    await open({ hash: "#text=river+bank+flooded&view=matrix" });
    const fill = (): Promise<string | null> =>
      page.getAttribute("svg .cells path >> nth=-1", "fill");
    const light = await fill();
    await page.emulateMedia({ colorScheme: "dark" });
    await page.waitForFunction(
      (light) =>
        document.querySelector("svg .cells path:last-of-type")?.getAttribute("fill") !== light,
      light,
    );
    expect(await fill()).toBe("rgb(109, 181, 242)");
  });

  test("a failed download says so, and a retry works", async () => {
    served.broken = "model.bin";
    await open({ ready: false });
    await page.waitForSelector("#failure:not([hidden])");
    expect(await text("#failure-text")).toBe(
      "The model could not be loaded: the server answers 503.",
    );
    served.broken = undefined;
    // What was typed meanwhile stays.
    await page.fill("#text", "a bat in a cave");
    await page.click("#retry");
    await page.waitForSelector("#picture svg");
    expect(await page.isVisible("#failure")).toBe(false);
    expect(await page.inputValue("#text")).toBe("a bat in a cave");
    await page.selectOption("[name=head]", { value: "0" });
    expect(await page.inputValue("#text")).toBe("a bat in a cave");
    expect(wrong).toEqual([]);
  });

  test("a worker that does not start says so, and a retry starts another", async () => {
    served.broken = "worker";
    await open({ ready: false });
    await page.waitForSelector("#failure:not([hidden])");
    expect(await text("#failure-text")).toContain("the worker did not start");
    await page.click("[data-example='the bat hit the ball']");
    served.broken = undefined;
    await page.click("#retry");
    await page.waitForSelector("#picture svg");
    expect(await page.isVisible("#failure")).toBe(false);
    expect(await text("#title")).toContain("bat");
  });

  test("a slider that is dragged leaves few addresses, and the last of them", async () => {
    await open();
    const count = await page.evaluate(async () => {
      let written = 0;
      const replace = history.replaceState.bind(history);
      history.replaceState = (...all) => {
        written++;
        replace(...all);
      };
      const slider = document.querySelector<HTMLInputElement>("[name=temperature]")!;
      for (let n = 10; n <= 40; n++) {
        slider.value = String(n / 10);
        slider.dispatchEvent(new Event("input", { bubbles: true }));
      }
      await new Promise((done) => setTimeout(done, 400));
      return written;
    });
    expect(count).toBeLessThan(6);
    expect(await page.evaluate(() => location.hash)).toContain("temperature=4");
  });

  test("the licenses of the model and of the libraries lie beside the page", async () => {
    await open({ ready: false });
    const read = (name: string): Promise<string> =>
      page.evaluate(async (name) => (await fetch(`licenses/${name}`)).text(), name);
    expect(await read("model.txt")).toMatch(/Changed:.*Apache License\s+Version 2\.0/s);
    expect(await read("libraries.md")).toContain("## d3-selection");
    expect(await read("qkv.txt")).toContain("MIT License");
  });

  test("no sentence, emoji, right-to-left text, and more pieces than the model reads", async () => {
    await open({ width: 360 });
    await say("");
    await page.waitForSelector("text=Type a sentence");
    expect(await page.isVisible("#reading")).toBe(false);
    await say("🏏 bat 👩‍🚀 river");
    await page.waitForSelector("#words >> text=river");
    await say("  river   bank flooded ");
    await page.waitForFunction(() => document.querySelectorAll("#words button").length === 3);
    await say("النهر فاض على الضفة");
    await page.waitForFunction(() => document.querySelector("#words")?.textContent?.includes("ا"));
    expect(await page.getAttribute("#words", "dir")).toBe("rtl");
    expect(await text("#title")).toBe("What “\u2068فاض\u2069” attends to");
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(await wide()).toBe(false);
    await say(Array.from({ length: 140 }, () => "bank").join(" "));
    await page.waitForSelector("text=The model reads 128 word pieces; the last 12 are left out.");
    for (const view of ["bars", "matrix", "blend", "steps"]) {
      await page.click(`[data-view=${view}]`);
      expect(await wide()).toBe(false);
      expect(await page.locator("#picture svg").count()).toBe(1);
    }
    await say(`${"deoxyribonucleic".repeat(6)} acid`);
    await page.waitForFunction(() => document.querySelectorAll("#words button").length === 2);
    expect(await wide()).toBe(false);
    await say("I");
    await page.waitForFunction(() => document.querySelectorAll("#words button").length === 1);
    expect(wrong).toEqual([]);
  });

  async function violations(): Promise<string[]> {
    return page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      const { violations } = await axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    });
  }

  test.each([
    [1280, "light"],
    [1280, "dark"],
    [360, "light"],
    [360, "dark"],
  ] as const)("axe finds nothing in any view at %i pixels, %s", async (width, scheme) => {
    await open({ width, scheme });
    await page.evaluate(axe);
    for (const view of ["bars", "matrix", "blend", "steps"]) {
      await page.click(`[data-view=${view}]`);
      await page.evaluate(() => (document.querySelector("details")!.open = true));
      expect(await violations(), view).toEqual([]);
    }
    await say("");
    await page.waitForSelector("text=Type a sentence");
    expect(await violations(), "no sentence").toEqual([]);
  });

  test("axe finds nothing where the model cannot be loaded", async () => {
    served.broken = "model.bin";
    await open({ ready: false });
    await page.waitForSelector("#failure:not([hidden])");
    served.broken = undefined;
    await page.evaluate(axe);
    expect(await violations()).toEqual([]);
  });

  test.each([360, 1280, 1920])("nothing sticks out at %i pixels", async (width) => {
    await open({ width, hash: "#text=the+bat+hit+the+ball" });
    for (const view of ["bars", "matrix", "blend", "steps"]) {
      await page.click(`[data-view=${view}]`);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
    }
  });

  test("its policy is in force: what is inline or comes from a string does not run", async () => {
    await open();
    const ran = await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "window.inlineRan = true";
      document.head.append(script);
      const button = document.createElement("button");
      button.setAttribute("onclick", "window.handlerRan = true");
      button.click();
      return Object.keys(window).filter((name) => name.endsWith("Ran"));
    });
    expect(ran).toEqual([]);
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong.every((message) => message.includes("Content Security Policy"))).toBe(true);
  });

  test("without wasm-unsafe-eval it works on the portable engine, with the same numbers", async () => {
    const policy =
      "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:";
    const strict = await servePage(folder, policy);
    try {
      await open({ from: strict });
      expect(await numbers()).toEqual(["24\u00a0%", "37\u00a0%", "39\u00a0%"]);
      // No WebAssembly where the model runs.
      const refused = await page.workers()[0].evaluate(() => {
        try {
          new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
          return false;
        } catch {
          return true;
        }
      });
      expect(refused).toBe(true);
    } finally {
      await strict.close();
    }
  });
});
