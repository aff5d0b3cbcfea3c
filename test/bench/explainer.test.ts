import { describe, expect, it } from "vitest";
import { blocked, framesOf, layoutShift } from "../../bench/explainer/count.js";
import type { PageReport } from "../../bench/explainer/report.js";
import { showPageReport } from "../../bench/explainer/show.js";
import { weigh } from "../../bench/explainer/weigh.js";

describe("frames", () => {
  it("are the times between their beginnings, within a motion, not between motions", () => {
    const frames = framesOf([
      [0, 16.7, 33.4, 83.5],
      [5000, 5016.6],
    ]);
    expect(frames.count).toBe(4);
    expect(frames.longest).toBeCloseTo(50.1);
    expect(frames.late).toBe(0.25);
  });
});

describe("layout shift", () => {
  it("is the largest session: one ends with a second of rest, or after five", () => {
    const shift = (at: number, value: number) => ({ at, value });
    expect(layoutShift([])).toBe(0);
    expect(layoutShift([shift(100, 0.1), shift(900, 0.1), shift(2500, 0.15)])).toBeCloseTo(0.2);
    const long = Array.from({ length: 13 }, (_, i) => shift(i * 500, 0.01));
    expect(layoutShift(long)).toBeCloseTo(0.1);
  });
});

describe("blocking time", () => {
  it("is what is beyond 50 ms of each task that begins before an end", () => {
    const tasks = [
      { at: 0, duration: 40 },
      { at: 100, duration: 80 },
      { at: 300, duration: 250 },
      { at: 900, duration: 500 },
    ];
    expect(blocked(tasks, 800)).toBe(230);
    expect(blocked(tasks, Infinity)).toBe(680);
  });
});

describe("weight", () => {
  const file = (path: string, code?: string) => ({ path, raw: 10, gzip: 4, code });
  const files = [
    file("index.html"),
    file("assets/index-a.js", 'import{a}from"./shared-b.js";const c=()=>import("./later-d.js")'),
    file("assets/shared-b.js", 'import"./deep-e.js";export{a}'),
    file("assets/deep-e.js", ""),
    file("assets/later-d.js", 'import{a}from"./shared-b.js"'),
    file("assets/worker-f.js", ""),
    file("offline.js", ""),
    file("assets/index-g.css"),
    file("examples/river-bank-flooded.json"),
    file("model.bin"),
    file("cards/river-bank-flooded.png"),
  ];
  const html = '<script type="module" crossorigin src="./assets/index-a.js"></script>';
  const weights = weigh(files, html);

  it("scripts that the first one imports count with it, those that come later do not", () => {
    const count = Object.fromEntries(weights.map(({ part, files }) => [part, files]));
    expect(count).toEqual({
      html: 1,
      css: 1,
      "js at once": 3,
      "js later": 1,
      worker: 1,
      "service worker": 1,
      example: 1,
      model: 1,
      "cards and icons": 1,
    });
  });

  it("every byte is in one part", () => {
    expect(weights.reduce((sum, { raw }) => sum + raw, 0)).toBe(10 * files.length);
    expect(weights.reduce((sum, { gzip }) => sum + gzip, 0)).toBe(4 * files.length);
  });
});

it("the table says what is not there", () => {
  const visit = {
    firstPaint: 500,
    firstPicture: 1200,
    modelReady: null,
    layoutShift: 0.05,
    blockedUntilPicture: 0,
    blocked: 80,
  };
  const report: PageReport = {
    kind: "qkv page bench",
    format: 1,
    date: "2026-01-02T00:00:00Z",
    machine: {
      ...{ cpu: "a processor", cores: 2, memoryGiB: 8, os: "an OS", arch: "x64" },
      ...{ load: 0.5, node: "v20.1.0", v8: "11.3" },
    },
    revision: { commit: "0123456789", modified: false },
    browser: "Chromium 1",
    conditions: { megabits: 1.6, latency: 150, slowdown: 4 },
    rounds: 2,
    weights: [{ part: "html", files: 1, raw: 2000, gzip: 1000 }],
    visits: [visit, { ...visit, firstPicture: 1400 }],
    motions: [{ name: "next scene", selector: "#scene-next", frames: null }],
  };
  const lines = showPageReport(report).split("\n");
  const line = (begin: string) => lines.find((it) => it.startsWith(begin));
  expect(line("html")).toMatch(/1\s+2\.0 kB\s+1\.0 kB/);
  expect(line("first picture")).toMatch(/1300 ms\s+1200 ms\s+1400 ms/);
  expect(line("model ready")).toMatch(/not there/);
  expect(line("next scene")).toMatch(/not there/);
});
