import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkFlagNames } from "../../src/cli/check/checkFlags.js";
import { reporterNames } from "../../src/cli/reporters/index.js";
import { makeProject, type Project } from "./project.js";

const page = readFileSync(new URL("../../docs/cli.md", import.meta.url), "utf8");
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, "gm"))].map(
    ([, text]) => text,
  );

/** Times and versions are those of the machine. */
const plain = (text: string): string =>
  text
    .replaceAll(/ in \S+ s$/gm, " in … s")
    .replaceAll(/^qkv \S+, Node \S+/gm, "qkv …, Node …")
    .trim();

describe("docs/cli.md", () => {
  let project: Project;
  beforeAll(async () => (project = await makeProject()));
  afterAll(() => project.remove());

  it("shows what the command prints", async () => {
    project.write("attention.js", blocks("js")[0]);
    const [, , ...args] = blocks("sh")[0].trim().split(" ");
    const { code, out } = await project.qkv(args);
    expect(code).toBe(1);
    expect(plain(out)).toBe(blocks("text")[0].trim());
  });

  it("shows the end of a selftest", async () => {
    const { code, out } = await project.qkv(["selftest"]);
    expect(code).toBe(0);
    expect(plain(out).endsWith(blocks("text")[1].trim())).toBe(true);
  });

  it("names every flag and every reporter", () => {
    const flags = [...page.matchAll(/^\| `--(\w+) <\w+>` /gm)].map(([, name]) => name);
    expect(flags).toEqual([
      "export",
      "supports",
      "only",
      "skip",
      "dtype",
      "seed",
      "runs",
      "budget",
      "timeout",
      "reporter",
    ]);
    expect(new Set(flags)).toEqual(new Set(Object.keys(checkFlagNames)));
    const reporters = [...page.matchAll(/^- \*\*`(\w+)`\*\*/gm)].map(([, name]) => name);
    expect(reporters).toEqual([...reporterNames]);
  });
});
