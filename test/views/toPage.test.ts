import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { explainWeights } from "qkv/explain";
import { bars, dark, light, toPage, type Picture } from "qkv/views";

const hostile = `"><script>alert(1)</script>&amp;\u0001\ud800`;
const weights = [
  [0.5, 0.25, 0.25],
  [0.25, 0.35, 0.4],
  [0, 0, 1],
];

function picture(query: number, word = "bank"): Picture {
  const view = explainWeights(weights, { tokens: ["river", word, "flooded"] }).head(0);
  return bars(view, { query, subtitle: `river ${word} flooded`, badges: ["causal", word] });
}

const documentOf = (html: string) => parseHTML(html).document;

describe("toPage", () => {
  it("holds title, sentence, settings, picture, caption and numbers of every picture", () => {
    const pictures = [picture(0), picture(1)];
    const document = documentOf(toPage(pictures, { title: "Two words", source: "Made up" }));
    expect(document.querySelector("h1")!.textContent).toBe("Two words");
    const articles = [...document.querySelectorAll("article")];
    expect(articles.length).toBe(2);
    articles.forEach((article, i) => {
      const { title, subtitle, badges, caption, table } = pictures[i];
      const text = (selector: string) =>
        [...article.querySelectorAll(selector)].map((it) => it.textContent);
      expect(text("h2")).toEqual([title]);
      expect(text(".of")).toEqual([subtitle]);
      expect(text(".badges li")).toEqual(badges);
      expect(text("figcaption")).toEqual([caption]);
      expect(text("tbody tr").length).toBe(table().rows.length);
      expect(text("svg text").length).toBeGreaterThan(0);
    });
    expect(document.querySelector("footer")!.textContent!.trim()).toBe("Made up");
  });

  it("of one picture says its title once, and has no footer without a source", () => {
    const document = documentOf(toPage(picture(1)));
    expect(document.querySelectorAll("h1, h2").length).toBe(1);
    expect(document.querySelector("title")!.textContent).toBe("What “bank” attends to");
    expect(document.querySelector("footer")).toBeNull();
  });

  it("is what was given and nothing else: no script, no address that is loaded, no character that HTML refuses", () => {
    const link = `https://example.org/?a="><script>&b`;
    const html = toPage(picture(1, hostile), { title: hostile, source: hostile, link });
    expect(html).not.toMatch(/<script|javascript:|src=|@import|url\(/i);
    // eslint-disable-next-line no-control-regex
    expect(html).not.toMatch(/[\u0000-\u0008\u007f-\u009f]/);
    expect(html).not.toMatch(/\p{Surrogate}/u);
    const document = documentOf(html);
    expect(document.querySelector("h1")!.textContent).toBe(`"><script>alert(1)</script>&amp;`);
    expect(document.querySelector("a")!.getAttribute("href")).toBe(link);
    const policy = document.querySelector("meta[http-equiv]")!.getAttribute("content");
    expect(policy).toMatch(/^default-src 'none'; style-src 'unsafe-inline';/);
  });

  it("has every colour that it uses in both themes", () => {
    const html = toPage([picture(0), picture(1)]);
    const used = new Set([...html.matchAll(/var\((--qkv-[\w-]+)\)/g)].map(([, name]) => name));
    expect(used).toContain("--qkv-word-2");
    const [lightly, darkly] = [...html.matchAll(/^:root \{ (--.*) \}$/gm)].map(([, rule]) => rule);
    for (const name of used) {
      expect(lightly).toContain(`${name}: #`);
      expect(darkly).toContain(`${name}: #`);
    }
    expect(lightly).toContain(light.word(2));
    expect(darkly).toContain(dark.word(2));
  });

  it("refuses no picture, and links that a page must not follow", () => {
    expect(() => toPage([])).toThrow(
      "toPage(): pictures: expected at least one picture; got none.",
    );
    expect(() => toPage(picture(0), { link: "javascript:alert(1)" })).toThrow(RangeError);
  });
});
