import type { FloatArray } from "../tensor/index.js";
import type { Feature, Law } from "./law.js";
import { range, visiblePairs, type Problem } from "./problem.js";
import { Random } from "./random.js";
import type { Supported } from "./types.js";

/** L, S, D, E, from the smallest up. */
const tiny = [
  [1, 1, 1, 1],
  [1, 2, 1, 1],
  [2, 1, 1, 1],
  [2, 2, 1, 1],
  [1, 3, 1, 1],
  [1, 2, 2, 2],
  [2, 2, 2, 1],
  [2, 3, 1, 1],
  [3, 2, 2, 1],
  [3, 3, 1, 1],
  [2, 3, 2, 2],
  [3, 1, 2, 3],
  [1, 3, 3, 2],
  [3, 3, 2, 1],
  [3, 3, 2, 3],
  [3, 3, 3, 3],
] as const;

/** Around the edges of vectors, blocks and tiles. */
const lengths = [15, 16, 17, 31, 33, 63, 64, 65, 129];

/** Draws case `index` of `runs`: two thirds are at most 3×3, one twelfth is around the edges of tiles. */
export function drawProblem(
  law: Pick<Law, "with" | "without" | "batch" | "sizes">,
  supported: Supported,
  seed: number,
  index: number,
  runs: number,
): Problem {
  const random = new Random(seed + Math.imul(index, 0x9e3779b1));
  const share = index / runs;
  const size = share < 2 / 3 ? "tiny" : share < 11 / 12 ? "small" : "large";
  const has = (feature: Feature, claimed: unknown): boolean => {
    // Always drawn, so that one feature less leaves the others as they are.
    const wanted = random.chance(0.35);
    if (!claimed || law.without?.includes(feature)) return false;
    return law.with?.includes(feature) || (wanted && index >= 4);
  };
  const drawn =
    size === "tiny"
      ? tiny[Math.min(Math.floor((share * 3 * tiny.length) / 2), tiny.length - 1)]
      : size === "small"
        ? range(4).map(() => random.integer(1, 8))
        : [
            random.integer(1, 12),
            random.pick(lengths),
            random.pick([4, 16, 32]),
            random.integer(1, 16),
          ];
  // Queries have edges of blocks, too.
  const [l, s] = size === "large" && index % 3 === 0 ? [1, 0] : [0, 1];
  const asIs = { L: drawn[l], S: drawn[s], D: drawn[2], E: drawn[3] };
  const { D, E: valueSize, ...chosen } = law.sizes?.(asIs) ?? asIs;
  let { L, S } = chosen;
  const E = supported.valueSize ? valueSize : D;
  const B =
    supported.batch && index > 0 && size !== "large"
      ? random.pick(law.batch ? [1, 2, 2] : [1, 1, 2])
      : 1;
  const [H, Hkv] = drawHeads(law, supported, random, index === 0 || size === "large");

  const causal = has("causal", supported.causal) ? alignment(supported, random) : undefined;
  const window = has("window", supported.window) ? drawWindow(supported, random) : undefined;
  const isSquare = supported.causal === "square" || supported.causal === true;
  if (window || (causal && isSquare)) {
    if (size === "large") S = Math.min(S, 65);
    L = S = size === "large" ? S : Math.max(L, S);
  }
  // Otherwise the first queries would see nothing, on which functions differ.
  if (causal === "bottomRight") S = Math.max(L, S);

  const precise = size === "tiny";
  const amplitude = size === "tiny" ? 1 : random.pick([1, 1, 3]);
  const dtype = supported.dtypes[index % supported.dtypes.length];
  const numbers = (count: number): FloatArray => {
    const data = dtype === "float32" ? new Float32Array(count) : new Float64Array(count);
    // Quarters are short to print, and exact.
    return data.map(() => (precise ? random.integer(-8, 8) / 4 : amplitude * random.normal()));
  };
  const perHead = supported.perHead ? B * H : 1;
  const repeat = <T extends FloatArray | Uint8Array>(pairs: T): T =>
    pairs.map((_, at) => pairs[at % (perHead * L * S)]) as T;
  const pairs = B * H * L * S;
  const lengthsOf = has("keyLengths", supported.keyLengths && !window && causal !== "bottomRight");
  const problem: Problem = {
    ...{ B, H, Hkv, L, S, D, E, dtype },
    seed: random.integer(0, 0xffffff),
    query: numbers(B * H * L * D),
    key: numbers(B * Hkv * S * D),
    value: numbers(B * Hkv * S * E),
    ...(has("scale", supported.scale) ? { scale: random.pick([1, 0.5, 0.25, -0.5]) } : {}),
    ...(has("softcap", supported.softcap) ? { softcap: random.pick([1, 2, 5]) } : {}),
    ...(has("bias", supported.bias) ? { bias: repeat(numbers(pairs)) } : {}),
    ...(has("sinks", supported.sinks) ? { sinks: numbers(H) } : {}),
    ...(causal ? { causal } : {}),
    ...(window ? { window } : {}),
    ...(lengthsOf ? { keyLengths: range(B).map(() => random.integer(1, S)) } : {}),
  };
  if (!has("mask", supported.mask)) return problem;
  const blocked = random.pick([0.3, 0.5, 0.7]);
  const mask = repeat(new Uint8Array(pairs).map(() => (random.chance(blocked) ? 0 : 1)));
  return { ...problem, mask: withoutEmptyRows(problem, mask, perHead * L * S) };
}

function drawHeads(
  law: Pick<Law, "with" | "without" | "sizes">,
  { heads, grouped }: Supported,
  random: Random,
  few: boolean,
): readonly [H: number, Hkv: number] {
  const [H, Hkv] = random.pick([
    [1, 1],
    [2, 2],
    [2, 1],
    [3, 3],
    [4, 2],
  ]);
  if (!heads) return [1, 1];
  if (law.with?.includes("grouped"))
    return random.pick([
      [2, 1],
      [4, 2],
      [6, 2],
      [6, 3],
    ]);
  return few ? [1, 1] : [H, grouped ? Hkv : H];
}

function alignment({ causal }: Supported, random: Random): "topLeft" | "bottomRight" {
  if (causal === "both") return random.pick(["topLeft", "bottomRight"]);
  return causal === "bottomRight" ? "bottomRight" : "topLeft";
}

function drawWindow({ window }: Supported, random: Random): { left: number; right: number } {
  const left = random.pick([0, 1, 1, 2]);
  return { left, right: window === "causal" ? 0 : random.pick([0, 1, 2, Infinity]) };
}

/**
 * Lets every row see one key: what an empty row gives is a question of its own. The mask repeats after
 * `period` pairs.
 */
function withoutEmptyRows(problem: Problem, mask: Uint8Array, period: number): Uint8Array {
  const { S } = problem;
  const others = visiblePairs(problem);
  const added = new Set<number>();
  for (let row = 0; row < mask.length / S; row++) {
    const [own, given] = [mask, others].map((pairs) => pairs.subarray(row * S, (row + 1) * S));
    if (!own.some((sees, j) => sees && given[j])) added.add((row * S + given.indexOf(1)) % period);
  }
  return mask.map((sees, pair) => (added.has(pair % period) ? 1 : sees));
}
