import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type Locator, type Page } from "playwright-core";
import { buildPage } from "../../apps/explainer/build/buildPage.js";
import { chromiumArguments } from "../../scripts/browsers.js";
import { servePage, type Served } from "./servePage.js";

export interface Opening {
  /** The part of the address after #, with it. */
  readonly hash?: string;
  readonly width?: number;
  readonly scheme?: "light" | "dark";
  /** Whether the reader's system allows motion. Without it a picture is complete at once. Default false. */
  readonly motion?: boolean;
  readonly from?: Served;
  /** Whether to wait for what the script draws. */
  readonly ready?: boolean;
  readonly script?: boolean;
}

/** A single step of a page with nothing to wait for. What waits for the model has longer. */
const [stepTime, modelTime] = [5_000, 30_000];

/** The built page, a server, a browser and the page that is open in it. */
export class Stage {
  folder!: string;
  browser!: Browser;
  served!: Served;
  page!: Page;
  /** What must not happen: errors, blocked resources, requests to other hosts. */
  wrong: string[] = [];

  async start(program: string): Promise<void> {
    this.folder = mkdtempSync(join(tmpdir(), "qkv-explainer-"));
    await buildPage(this.folder);
    this.served = await servePage(this.folder);
    this.browser = await chromium.launch({
      executablePath: program,
      args: [...chromiumArguments],
    });
  }

  async end(): Promise<void> {
    await this.browser?.close();
    await this.served?.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  readonly open = async ({
    hash = "",
    width = 1280,
    scheme = "light",
    motion = false,
    from = this.served,
    ready = true,
    script = true,
  }: Opening = {}): Promise<void> => {
    const context = await this.browser.newContext({
      viewport: { width, height: 800 },
      colorScheme: scheme,
      reducedMotion: motion ? "no-preference" : "reduce",
      javaScriptEnabled: script,
      permissions: ["clipboard-read", "clipboard-write"],
    });
    context.setDefaultTimeout(stepTime);
    this.page = await context.newPage();
    this.watch(from);
    await this.page.goto(from.url + hash, { timeout: modelTime });
    if (ready) await this.drawn();
  };

  /** From here on, what must not happen is noted. */
  private watch(from: Served): void {
    this.wrong = [];
    this.page.on("pageerror", (error) => this.wrong.push(error.message));
    this.page.on("console", (message) => {
      if (message.type() === "error" && !/503/.test(message.text())) {
        this.wrong.push(message.text());
      }
    });
    this.page.on("request", (request) => {
      const { protocol, origin } = new URL(request.url());
      const own =
        protocol === "data:" || protocol === "blob:" || origin === new URL(from.url).origin;
      if (!own) this.wrong.push(request.url());
    });
  }

  /** Waits until the script has drawn the sentence that is asked for. */
  readonly drawn = async (): Promise<void> => {
    await this.page.waitForSelector("#picture svg:not(.first)", { timeout: modelTime });
    await this.page.waitForSelector("#reading[aria-busy=false]", { timeout: modelTime });
  };

  readonly text = (selector: string): Promise<string> => this.page.innerText(selector);

  readonly hash = (): Promise<string> => this.page.evaluate(() => location.hash);

  /** The numbers of a row of bars, or of lines. */
  readonly numbers = async (): Promise<string[]> => {
    const texts = await this.page
      .locator("#picture [data-query][data-key] > text:last-of-type")
      .allTextContents();
    return texts.map((text) => text.trim());
  };

  /** All that is drawn, whatever way it came there: attributes in one order, without the turn of the Tab key. */
  readonly picture = (): Promise<string> =>
    this.page.evaluate(() => {
      const written = (it: Element): string => {
        const attributes = [...it.attributes]
          .filter(({ name }) => name !== "tabindex")
          .map(({ name, value }) => `${name}="${value}"`)
          .sort();
        const inner = it.children.length > 0 ? [...it.children].map(written) : [it.textContent];
        return `<${it.nodeName} ${attributes.join(" ")}>${inner.join("")}</>`;
      };
      return [...document.querySelectorAll("#picture svg")].map(written).join("");
    });

  /** A mark of the picture by what it stands for. */
  readonly mark = (target: Readonly<Record<string, number>>): Locator =>
    this.page
      .locator(
        `#picture ${Object.entries(target)
          .map(([name, value]) => `[data-${name}="${value}"]`)
          .join("")}`,
      )
      .first();

  readonly clipboard = (): Promise<string> =>
    this.page.evaluate(() => navigator.clipboard.readText());

  /** Presses a button of those that copy or save. */
  readonly take = async (kind: string): Promise<void> => {
    const open = await this.page.getAttribute("#take", "open");
    if (open === null) await this.page.click("#take > summary");
    await this.page.click(`[data-copy=${kind}]`);
  };

  /** Copies what is shown; a text comes back. */
  readonly copied = async (kind: "png" | "svg" | "json" | "link"): Promise<string> => {
    await this.take(kind);
    await this.page.waitForFunction(
      () => document.querySelector("#copied")!.textContent === "Copied.",
    );
    return kind === "png" ? "" : this.clipboard();
  };

  /** Types a sentence. */
  readonly say = async (sentence: string): Promise<void> => {
    await this.page.fill("#text", sentence);
    await this.page.click("#ask [type=submit]");
  };

  /** The same, and waits until it is read: `word` is in it. */
  readonly read = async (sentence: string, word: string): Promise<void> => {
    await this.say(sentence);
    await this.word(word);
  };

  /** Waits for a word of the sentence. */
  readonly word = async (word: string): Promise<void> => {
    await this.page
      .locator("#words button", { hasText: word })
      .first()
      .waitFor({ state: "attached", timeout: modelTime });
    await this.drawn();
  };

  /** Chooses a sentence that was read ahead. */
  readonly example = async (sentence: string): Promise<void> => {
    await this.page.selectOption("#example", sentence);
    await this.word(sentence.split(" ").at(-1)!);
  };

  /** By how many pixels the page is wider than its window. */
  readonly tooWide = (): Promise<number> =>
    this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

  /** Numbers and names that are none, in all that the page says. */
  readonly nonsense = (): Promise<string[]> =>
    this.page.evaluate(() => {
      const said = [...document.querySelectorAll("#reading, #picture text, #picture [aria-label]")]
        .map((it) => `${it.textContent} ${it.getAttribute("aria-label") ?? ""}`)
        .join(" ");
      return said.match(/.{0,40}(?:NaN|undefined|Infinity|null|\[object).{0,20}/g) ?? [];
    });
}
