import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readModel } from "../../examples/universal-sentence-encoder/model.js";
import { run } from "../../examples/universal-sentence-encoder/run.js";
import { textWidth } from "../../examples/universal-sentence-encoder/render/textWidth.js";
import { readExpected } from "./expected.js";

const model = readModel();
const demo = (args: string[], colour = false, columns = 80, rows = 30) =>
  run(args, { columns, rows, colour }, () => model);
const lines = (text: string) => text.trimEnd().split("\n");
// eslint-disable-next-line no-control-regex
const withoutColour = (text: string) => text.replace(/\x1b\[[0-9;]*m/g, "");

const LONG = "she sat by the river bank and watched the boats go by until the sun was down";
const LONGER = Array.from({ length: 60 }, (_, i) => `flooded river ${i}`).join(" ");

describe("the screen", () => {
  it("without arguments is about bank in river bank flooded", () => {
    const expected = readFileSync(new URL("./default-screen.txt", import.meta.url), "utf8");
    const { code, stdout, stderr } = demo([]);
    expect(stdout).toBe(expected);
    expect([code, stderr]).toEqual([0, ""]);
    expect(demo(["river bank flooded", "--word", "bank"]).stdout).toBe(expected);
    expect(demo(["river", "bank", "flooded", "-w", "Bank"]).stdout).toBe(expected);
  });

  it.each([
    ["three words", "river bank flooded"],
    ["nine words", "a bat flew out of the cave at night"],
    ["more words than fit", LONG],
    ["one word", "I"],
    ["wide characters, emoji, combining marks", "漢字 naïve 👩‍👩‍👧 q\u0323\u0307 'Ünïcode' 🙂"],
    ["a word longer than a line", `the ${"incomprehensibilities".repeat(4)} bank`],
  ])("stays within 80 columns and 30 lines with %s", (_, sentence) => {
    for (const colour of [false, true]) {
      const text = lines(withoutColour(demo([sentence], colour, 80, 24).stdout));
      expect(text.length).toBeLessThanOrEqual(30);
      for (const line of text) expect(textWidth(line), line).toBeLessThanOrEqual(80);
    }
  });

  it("has the same text in colour and in a pipe, apart from the shades", () => {
    const letters = (text: string) => withoutColour(text).replace(/[░▒▓█\s]/g, "");
    const coloured = demo([], true).stdout;
    expect(coloured).not.toBe(withoutColour(coloured));
    expect(letters(coloured)).toBe(letters(demo([]).stdout));
  });

  it("adds up what does not fit, so that rows still sum to 100", () => {
    const { stdout } = demo([LONG, "--word", "bank"]);
    expect(stdout).toContain(" rest  entropy");
    expect(stdout).toMatch(/\d+ more +\d+\.\d % {2}together/);
    const rows = lines(stdout).filter(
      (line) => line.includes(" bit ") && !line.includes("entropy"),
    );
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) {
      const cells = row
        .slice(14, row.indexOf(" bit ") - 4)
        .match(/\d+/g)!
        .map(Number);
      const sum = cells.reduce((a, b) => a + b);
      expect(Math.abs(sum - 100), row).toBeLessThanOrEqual(cells.length / 2);
    }
  });

  it("shows other layers and heads, pieces, and all of them", () => {
    expect(demo(["--layer", "1", "--head", "3"]).stdout).toContain("layer 1 of 2, head 3 of 4");
    expect(demo(["--pieces"]).stdout).toMatch(/▁flood .*\n/);
    const all = demo(["--all"]).stdout;
    expect(all.match(/── layer/g)).toHaveLength(10);
    expect(demo(["--all", "--layer", "1"]).stdout.match(/── layer/g)).toHaveLength(5);
    expect(demo(["--all", "--head", "2"]).stdout.match(/── layer/g)).toHaveLength(2);
    for (const line of lines(demo(["--all", LONG]).stdout)) {
      expect(textWidth(line), line).toBeLessThanOrEqual(80);
    }
  });

  it("does not pass control characters on to the terminal", () => {
    // eslint-disable-next-line no-control-regex
    expect(demo(["ri\x1b[31mver bank\u202e"]).stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\u202e]/);
  });

  it("says which of two equal words it took", () => {
    expect(demo(["bank to bank", "--word", "bank"]).stdout).toContain("(--word bank:2)");
    expect(demo(["bank to bank", "--word", "bank:2"]).stdout).toMatch(/▸ 3 bank/);
    expect(demo(["the owner.", "--word", "owner"]).stdout).toContain("what “owner.” attends to");
    expect(demo(["at 12:30", "--word", "12:30"]).stdout).toContain("what “12:30” attends to");
    expect(demo(["--pieces", "--word", "flooded"]).stdout).toContain("the first, ▁flood, is taken");
  });
});

describe("--json", () => {
  it("is the numbers of all layers and heads and nothing else", () => {
    const { stdout, stderr, code } = demo(["--json"], true);
    const read = JSON.parse(stdout) as Record<string, unknown>;
    expect([code, stderr]).toEqual([0, ""]);
    expect(read).toMatchObject({
      sentence: "river bank flooded",
      tokens: ["▁river", "▁bank", "▁flood", "ed"],
      ids: [5033, 1191, 5136, 26],
      words: [
        { text: "river", tokens: [0] },
        { text: "bank", tokens: [1] },
        { text: "flooded", tokens: [2, 3] },
      ],
      word: 1,
      truncated: null,
    });
    const weights = read.weights as number[][][][];
    const { attention } = readExpected()[0];
    expect(weights).toHaveLength(attention.length);
    attention.forEach(({ shape: [heads, length], data }, layer) => {
      expect(weights[layer]).toHaveLength(heads);
      for (const head of weights[layer]) {
        expect(head).toHaveLength(length);
        for (const row of head) expect(row).toHaveLength(length);
      }
      const flat = weights[layer].flat(2);
      flat.forEach((weight, at) => expect(weight).toBeCloseTo(data[at], 5));
      // The shortest decimals of float32 numbers.
      for (const weight of flat) expect(String(weight).length).toBeLessThan(16);
    });
    expect(read.embedding).toHaveLength(512);
  });

  it("says on stderr and in the data that a sentence was cut", () => {
    const { stdout, stderr } = demo(["--json", LONGER]);
    const { truncated, tokens } = JSON.parse(stdout) as { truncated: unknown; tokens: unknown[] };
    expect(tokens).toHaveLength(128);
    expect(truncated).toEqual({ pieces: expect.any(Number) as number, read: 128 });
    expect(stderr).toMatch(/cut off/);
  });
});

describe("mistakes", () => {
  it.each([
    [[""], /the sentence is empty/],
    [["  \t "], /the sentence is empty/],
    [["--word", "ship"], /--word ship: not in the sentence. Its words: river, bank, flooded/],
    [["bank to bank", "--word", "bank:3"], /"bank" occurs only 2 times/],
    [[LONGER, "--word", "59"], /not in the sentence.*cut off/],
    [["--layer", "3"], /--layer 3: expected one of 1, 2/],
    [["--head", "0"], /--head 0: expected one of 1, 2, 3, 4, mean/],
    [["--colour"], /Unknown option '--colour'. The options are --word, /],
    [["--word"], /argument missing/],
  ])("%j: a message on stderr and exit code 2", (args, message) => {
    const { code, stdout, stderr } = demo(args);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it("says what is wrong when the model cannot be read", () => {
    const broken = run([], { columns: 80, rows: 30, colour: false }, () => {
      throw new Error("no such file");
    });
    expect(broken).toEqual({ code: 1, stdout: "", stderr: "demo: no such file\n" });
  });

  it("has a help that fits on the screen", () => {
    const { code, stdout } = demo(["--help"]);
    expect(code).toBe(0);
    for (const line of lines(stdout)) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe("the process", () => {
  it("is plain in a pipe, and quiet when the reader stops early", async () => {
    const entry = fileURLToPath(
      new URL("../../examples/universal-sentence-encoder/demo.ts", import.meta.url),
    );
    const root = fileURLToPath(new URL("../..", import.meta.url));
    const { FORCE_COLOR: _, ...env } = process.env;
    const child = spawn(process.execPath, ["--import", "tsx", entry, LONG, "--json"], {
      cwd: root,
      env,
    });
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout.once("data", (chunk: Buffer) => {
      expect(chunk.toString().startsWith(`{"sentence":"${LONG}"`)).toBe(true);
      child.stdout.destroy();
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect([code, stderr]).toEqual([0, ""]);
  });
});
