import { fileURLToPath } from "node:url";
import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";

const cwd = fileURLToPath(new URL("../..", import.meta.url));
const eslint = new ESLint({ cwd });

async function complaints(path: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: `${cwd}/${path}` });
  return result!.messages
    .filter(({ ruleId }) => ruleId === "no-restricted-syntax")
    .map(({ message }) => message);
}

describe("no function whose bits differ between engines", () => {
  const planted = [
    "export const a = Math.exp(1);",
    "export const a = Math.log1p(1);",
    "export const a = Math.pow(2, 3);",
    "export const a = Math.tanh(1);",
    "export const a = Math.hypot(1, 2);",
    `export const a = Math["exp"](1);`,
    "const { exp } = Math;\nexport const a = exp(1);",
    "const m = Math;\nexport const a = m.exp(1);",
    "export const a = [1, 2].map(Math.sin);",
    "export const a = 2 ** 3;",
    "let a = 2;\na **= 3;\nexport { a };",
  ];
  for (const text of planted) {
    it(`planted: ${text.replace("\n", " ")}`, async () => {
      expect(await complaints("src/matmul/portable.ts", text)).toHaveLength(1);
      expect(await complaints("src/matmul/reference.ts", text)).toEqual([]);
      expect(await complaints("test/matmul/helper.ts", text)).toEqual([]);
    });
  }

  it("exact functions pass", async () => {
    const text =
      "const { fround } = Math;\nexport const a = Math.sqrt(fround(Math.max(1, Math.abs(2)))) + Math.PI;";
    expect(await complaints("src/matmul/portable.ts", text)).toEqual([]);
  });
});
