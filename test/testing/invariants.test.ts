import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { laws } from "../../src/testing/index.js";

const root = resolve(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/invariants.md"), "utf8");

/** The sections of third order, by their titles. */
function sectionsOf(text: string): Map<string, string> {
  const parts = text.split(/^### /m).slice(1);
  return new Map(
    parts.map((part) => {
      const [title, ...lines] = part.split("\n");
      return [title, lines.join("\n").split(/^## /m)[0]];
    }),
  );
}

const thread = /\]\(https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/(issues|pull)\/(\d+)\)/g;

/** What the page lacks, or says otherwise than the code. */
function complaints(text: string): string[] {
  const sections = sectionsOf(text);
  const wanted = laws.map(({ id }) => id);
  const found = [...sections.keys()];
  return [
    ...(found.join() === wanted.join() ? [] : [`sections: ${found.join()}`]),
    ...laws.flatMap(({ id, name, equation }) => {
      const section = sections.get(id) ?? "";
      const plain = section.replace(/\s+/g, " ");
      const links = [...section.matchAll(thread)];
      const unnamed = links.filter(([, kind, number]) => {
        return !plain.includes(`${kind === "pull" ? "pull request" : "issue"} ${number}`);
      });
      return [
        ...(section.includes(`\n_${name}_\n`) ? [] : [`${id}: name`]),
        ...(section.includes(`\n\`\`\`text\n${equation}\n\`\`\`\n`) ? [] : [`${id}: equation`]),
        ...(section.includes("**What breaks it:**") ? [] : [`${id}: what breaks it`]),
        ...(links.length > 0 !== section.includes("**No public report found**")
          ? []
          : [`${id}: a link, or that none was found`]),
        ...unnamed.map(([, , number]) => `${id}: ${number} is linked and not named`),
      ];
    }),
  ];
}

it("docs/invariants.md has every law as the code has it, with a public report or without one", () => {
  expect(complaints(page)).toEqual([]);
});

it("planted: another equation, another law, a section without a report are seen", () => {
  expect(complaints(page.replace("to the last bit", "nearly"))).toEqual(["determinism: equation"]);
  expect(complaints(page.replace("_the same call gives the same bits_", ""))).toEqual([
    "determinism: name",
  ]);
  expect(complaints(page.replace("### scale", "### scales"))).toContain("scale: equation");
  expect(complaints(page.replace("issue 99282", "issue 99283"))).toEqual([
    "looking: 99282 is linked and not named",
  ]);
  expect(complaints(page.replace("(https://github.com/onnx/onnx/issues/7865)", ""))).toEqual([
    "softcap-order: a link, or that none was found",
  ]);
  expect(complaints(page.replace("**No public report found**", "None"))).toEqual([
    "query-garbage: a link, or that none was found",
  ]);
});
