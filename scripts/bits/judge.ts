import { differences, engines, type Report } from "./report.js";
import type { Runtime } from "./runtime.js";

type Hashes = Readonly<Record<string, string>>;

/** A word for each engine of a report, and all that is wrong with it. */
export function judge(
  report: Report,
  wasm: Runtime["wasm"],
  expected: Hashes,
): { words: string[]; wrong: string[] } {
  const words: string[] = [];
  const wrong: string[] = [];
  for (const engine of engines) {
    const refused = engine === "wasm" && wasm === "refused";
    const [word, reason] = judgeEngine(report[engine], refused, expected);
    words.push(word);
    if (reason !== undefined) wrong.push(`${engine}: ${reason}`);
  }
  return { words, wrong };
}

function judgeEngine(
  hashes: Hashes | string,
  refused: boolean,
  expected: Hashes,
): [word: string, wrong?: string] {
  if (typeof hashes === "string") {
    const refusal = refused && /^RangeError: .*WebAssembly with SIMD/s.test(hashes);
    return refusal ? ["refused"] : ["failed", hashes];
  }
  if (refused) return ["ran", "ran where WebAssembly is forbidden"];
  const [first, ...more] = differences(hashes, expected);
  if (first === undefined) return ["equal"];
  return ["different", more.length > 0 ? `${first} and ${more.length} more` : first];
}
