import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sentences, slugOf } from "../../examples/trained/sentences.js";
import { writeCards } from "../../apps/explainer/build/cards.js";
import { exampleCards } from "../../apps/explainer/build/exampleStates.js";
import { favicon, writeIcons } from "../../apps/explainer/build/favicon.js";
import { fromHash } from "../../apps/explainer/state.js";
import { allMarks } from "../views/insideOf.js";
import { readPng, type Pixels } from "../helpers/png.js";

const folder = mkdtempSync(join(tmpdir(), "qkv-cards-"));
const cards = exampleCards();
afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(() => writeCards(folder, cards, { baseUrl: "https://example.org/explainer" }));

const png = (path: string): Pixels => readPng(readFileSync(join(folder, path)));
const page = (path: string) => parseHTML(readFileSync(join(folder, path), "utf8")).document;

/** The share of an area whose pixels are not white. */
function drawn(
  pixels: Pixels,
  [x0, y0, x1, y1]: readonly [number, number, number, number],
): number {
  let count = 0;
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) if (pixels.at(x, y).some((channel) => channel < 255)) count++;
  }
  return count / ((x1 - x0) * (y1 - y0));
}

describe("cards", () => {
  it("there is one for each sentence that was read ahead", () => {
    expect(cards.map(({ name }) => name)).toEqual(sentences.map(slugOf));
  });

  it.each(cards)("$name: 1200 × 630, with title, sentence, picture, formula and name", (card) => {
    const pixels = png(`cards/${card.name}.png`);
    expect([pixels.width, pixels.height]).toEqual([1200, 630]);
    const areas = {
      title: [72, 72, 472, 110],
      sentence: [72, 184, 472, 502],
      picture: [528, 72, 1128, 502],
      formula: [72, 560, 330, 600],
      name: [740, 560, 1128, 600],
    } as const;
    for (const [name, area] of Object.entries(areas)) {
      const share = drawn(pixels, area);
      expect(share, name).toBeGreaterThan(0.05);
      expect(share, name).toBeLessThan(0.9);
    }
    // Nothing runs into the margins, or from the sentence into the picture.
    for (const empty of [
      [0, 0, 1200, 66],
      [0, 0, 66, 630],
      [1134, 0, 1200, 630],
      [480, 0, 524, 530],
      [0, 610, 1200, 630],
    ] as const) {
      expect(drawn(pixels, empty), String(empty)).toBe(0);
    }
  });

  it("the words have the colours that they have in the picture", () => {
    const marks = allMarks(cards[0].picture(640));
    const fills = new Set(marks.map(({ attributes }) => attributes["fill"]));
    cards[0].words.forEach((_, n) => expect(fills).toContain(`word-${n}`));
    expect(cards[0].words[cards[0].word]).toBe("bank");
  });
});

describe("pages to share", () => {
  it.each(cards)("$name says what the card shows, and leads to that state", (card) => {
    const document = page(`s/${card.name}.html`);
    const property = (name: string) =>
      document.querySelector(`meta[property="og:${name}"]`)?.getAttribute("content");
    const { title, caption } = card.picture(640);
    expect(property("title")?.toLowerCase()).toBe(
      `${card.words.join(" ")}: ${title}`.toLowerCase(),
    );
    expect(property("description")).toBe(caption);
    expect(property("image")).toBe(`https://example.org/explainer/cards/${card.name}.png`);
    expect(property("url")).toBe(`https://example.org/explainer/s/${card.name}.html`);
    const link = document.querySelector("a")!.getAttribute("href")!;
    expect(link.startsWith("../#")).toBe(true);
    const state = fromHash(link.slice(3));
    expect([state.text, state.word]).toEqual([card.words.join(" "), card.word]);
    const refresh = document.querySelector('meta[http-equiv="refresh"]')!.getAttribute("content");
    expect(refresh).toBe(`0; url=${link}`);
    expect(document.querySelector("script")).toBeNull();
    expect(
      document.querySelector('meta[http-equiv="Content-Security-Policy"]')!.getAttribute("content"),
    ).toContain("default-src 'none'");
  });

  it("addresses are relative where the page has no address yet, and a wrong one is refused", async () => {
    await writeCards(join(folder, "relative"), cards.slice(0, 1), { baseUrl: "" });
    const document = page("relative/s/river-bank-flooded.html");
    const image = document.querySelector('meta[property="og:image"]')!.getAttribute("content")!;
    expect(existsSync(join(folder, "relative/s", image))).toBe(true);
    expect(document.querySelector('meta[property="og:url"]')).toBeNull();
    await expect(writeCards(folder, [], { baseUrl: "example.org" })).rejects.toThrow(
      'writeCards: baseUrl: expected an address that begins with http:// or https://; got "example.org"',
    );
  });

  it("what a sentence holds is text, not HTML", async () => {
    const odd = { ...cards[0], name: "odd", words: ['<b>"&', "bank", "flooded"] };
    await writeCards(folder, [odd]);
    expect(page("s/odd.html").querySelector("a")!.textContent).toContain('<b>"& bank flooded');
    expect(page("s/odd.html").querySelector("b")).toBeNull();
  });
});

it("the icon is a picture of three strokes, and a PNG of 180 pixels for phones", async () => {
  await writeIcons(folder);
  const { document } = parseHTML(favicon());
  expect([...document.querySelectorAll("path")].map(({ id }) => id)).toEqual([
    "query",
    "key",
    "value",
  ]);
  const icon = png("icon-180.png");
  expect([icon.width, icon.height]).toEqual([180, 180]);
  expect(icon.at(0, 0)).toEqual([255, 255, 255, 255]);
  expect(drawn(icon, [0, 0, 180, 180])).toBeGreaterThan(0.1);
});
