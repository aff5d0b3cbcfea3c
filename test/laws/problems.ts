import fc from "fast-check";
import type { FloatArray } from "../../src/tensor/types.js";
import { writeOddNaN } from "../helpers/bits.js";
import type { Align, Problem, Style } from "../helpers/problem.js";
import { Random } from "../helpers/random.js";
import type { Dense, DType } from "../helpers/tensors.js";
import { sizeOf } from "../helpers/tensors.js";
import { viewKinds } from "../helpers/views.js";

/**
 * A random attention problem in a few small numbers, so that a failing one shrinks to something a
 * person can read: every field can become simpler without the others noticing.
 */
export interface Recipe {
  readonly dtype: DType;
  readonly seed: number;
  readonly batch: readonly number[] | null;
  readonly kvHeads: number;
  readonly group: number;
  readonly queries: number;
  readonly keys: number;
  readonly headSize: number;
  readonly valueSize: number;
  readonly numbers: "normal" | "large" | "ties" | "constant" | "wild" | "overflow";
  readonly scale: number | null;
  readonly softcap: number | null;
  readonly allow: MaskRecipe | null;
  readonly block: MaskRecipe | null;
  readonly bias: MaskRecipe | null;
  readonly causal: "true" | "topLeft" | "bottomRight" | "offset" | "offsets" | null;
  readonly window: { left: number | null; right: number | null } | null;
  readonly keyLengths: boolean;
  readonly queryLengths: boolean;
  readonly segments: boolean;
  readonly sinks: boolean;
  readonly emptyRow: "zero" | "nan" | "throw" | null;
  readonly style: Style | null;
}

/** A mask over pairs: which axes it has, and the share of pairs it blocks. */
interface MaskRecipe {
  readonly rank: "0" | "1" | "2" | "full";
  /** Axes of length 1, for the full rank: query and key axes, heads, batch. */
  readonly ones: readonly [boolean, boolean, boolean, boolean];
  readonly blocked: number;
}

/** Around the edges of tiles (64), of lanes (16) and of nothing at all. */
export const lengths = [1, 2, 3, 0, 5, 7, 15, 16, 17, 31, 63, 64, 65, 66, 127, 128, 129, 200];
export const sizes = [1, 2, 3, 4, 7, 8, 16, 17, 64];

export const numberKinds = ["normal", "normal", "large", "ties", "constant"] as const;

const maybe = <T>(arbitrary: fc.Arbitrary<T>, frequency = 2): fc.Arbitrary<T | null> =>
  fc.option(arbitrary, { freq: frequency, nil: null });
const rarely = (): fc.Arbitrary<boolean> => fc.integer({ min: 0, max: 3 }).map((n) => n === 3);

const maskRecipe: fc.Arbitrary<MaskRecipe> = fc.record({
  rank: fc.constantFrom<MaskRecipe["rank"][]>("2", "full", "1", "0", "full"),
  ones: fc.tuple(rarely(), rarely(), fc.boolean(), fc.boolean()),
  blocked: fc.constantFrom(0.3, 0.9, 0.02, 0, 1),
});

/** `wild` problems hold NaN, ±Infinity, huge and tiny numbers: for laws about bits. */
export function recipes(dtype: DType, wild: boolean): fc.Arbitrary<Recipe> {
  const viewKind = fc.constantFrom(...viewKinds);
  return fc.record<Recipe>({
    dtype: fc.constant(dtype),
    seed: fc.nat(0xffffff),
    batch: fc.constantFrom<Recipe["batch"][]>([], null, [2], [1], [3], [2, 2]),
    kvHeads: fc.constantFrom(1, 2, 3),
    group: fc.constantFrom(1, 1, 2, 3),
    queries: fc.constantFrom(...lengths),
    keys: fc.constantFrom(...lengths),
    headSize: fc.constantFrom(...sizes),
    valueSize: fc.constantFrom(...sizes),
    numbers: fc.constantFrom(...numberKinds, ...(wild ? (["wild", "wild"] as const) : [])),
    scale: maybe(fc.constantFrom(1, 0.3, -0.5, 0)),
    softcap: maybe(fc.constantFrom(1, 5, 0.5), 3),
    allow: maybe(maskRecipe),
    block: maybe(maskRecipe, 3),
    bias: maybe(maskRecipe),
    causal: maybe(
      fc.constantFrom("true", "topLeft", "bottomRight", "offset", "offsets"),
    ) as fc.Arbitrary<Recipe["causal"]>,
    window: maybe(
      fc.record({
        left: maybe(fc.constantFrom(0, 1, 3, 20, 70), 4),
        right: maybe(fc.constantFrom(0, 1, 3, 20, 70), 2),
      }),
      3,
    ),
    keyLengths: rarely(),
    queryLengths: rarely(),
    segments: rarely(),
    sinks: rarely(),
    emptyRow: maybe(fc.constantFrom("zero", "nan"), 2) as fc.Arbitrary<Recipe["emptyRow"]>,
    style: maybe(
      fc.record<Style>({
        seed: fc.nat(0xffff),
        query: viewKind,
        key: viewKind,
        value: viewKind,
        masks: viewKind,
        layout: fc.constantFrom("BHLD", "BLHD"),
        rules: fc.boolean(),
      }),
    ),
  });
}

/** States the problem of a recipe, in at most `budget` multiplications. */
export function problemOf(recipe: Recipe, budget = 400_000): Problem {
  const random = new Random(recipe.seed);
  const { dtype, headSize: D, valueSize: E, keys: S } = recipe;
  let { queries: L, kvHeads, group } = recipe;
  let batch = recipe.batch ?? [];
  let headAxis = recipe.batch !== null;
  if (!headAxis) kvHeads = group = 1;
  // Too large: fewer batch entries, then fewer heads, then fewer queries.
  const cost = (): number => sizeOf(batch) * kvHeads * group * L * S * (D + E);
  if (cost() > budget) batch = [];
  if (cost() > budget) kvHeads = 1;
  if (cost() > budget && group > 1) group = 2;
  while (cost() > budget && L > 1) L = Math.ceil(L / 2);
  const H = kvHeads * group;
  if (headAxis && batch.length === 0 && H === 1 && random.chance(0.5)) headAxis = false;

  const axes = headAxis ? [...batch] : [];
  const heads = (count: number): number[] => (headAxis ? [count] : []);
  const B = sizeOf(batch);
  const floats = (shape: number[]): Dense<FloatArray> => ({
    data: numbersOf(recipe, sizeOf(shape), random),
    shape,
  });
  const problem: Problem = {
    dtype,
    seed: random.integer(0, 0xffffff),
    headAxis,
    batch: axes,
    query: floats([...axes, ...heads(H), L, D]),
    key: floats([...axes, ...heads(kvHeads), S, D]),
    value: floats([...axes, ...heads(kvHeads), S, E]),
    ...given("scale", recipe.scale),
    ...given("softcap", recipe.softcap),
    ...given("emptyRow", recipe.emptyRow),
    ...given("style", recipe.style),
  };
  const shapeOf = (mask: MaskRecipe): number[] => {
    if (mask.rank !== "full") return [L, S].slice(2 - Number(mask.rank));
    const [oneL, oneS, oneH, oneB] = mask.ones;
    return [...axes.map((n) => (oneB ? 1 : n)), ...heads(oneH ? 1 : H), oneL ? 1 : L, oneS ? 1 : S];
  };
  const bits = (mask: MaskRecipe, blockedIs: 0 | 1): Dense<Uint8Array> => {
    const shape = shapeOf(mask);
    const data = Uint8Array.from({ length: sizeOf(shape) }, () =>
      random.chance(mask.blocked) ? blockedIs : 1 - blockedIs,
    );
    return { data, shape };
  };
  const bias = (mask: MaskRecipe): Dense<FloatArray> => {
    const dense = floats(shapeOf(mask));
    for (let i = 0; i < dense.data.length; i++) {
      if (random.chance(mask.blocked / 2)) dense.data[i] = -Infinity;
    }
    return dense;
  };
  const integers = (count: number, low: number, high: number): number[] =>
    Array.from({ length: count }, () => random.integer(low, Math.max(low, high)));
  const offset = (): number => random.integer(-2, Math.max(2, S - L + 2));
  const align = (kind: string): Align =>
    kind === "offset"
      ? { offset: offset() }
      : kind === "offsets"
        ? { offset: Array.from({ length: B }, offset) }
        : (kind as "topLeft" | "bottomRight");
  const causal: Align | true | null =
    recipe.causal === "true" ? (L === S ? true : "topLeft") : recipe.causal && align(recipe.causal);
  const window = recipe.window && {
    left: recipe.window.left ?? Infinity,
    right: recipe.window.right ?? Infinity,
    // The window follows the causal alignment where there is one.
    ...(causal === null && (L !== S || random.chance(0.3))
      ? { align: align(random.pick(["topLeft", "bottomRight", "offset", "offsets"])) }
      : {}),
  };
  return {
    ...problem,
    ...given("allow", recipe.allow && bits(recipe.allow, 0)),
    ...given("block", recipe.block && bits(recipe.block, 1)),
    ...given("bias", recipe.bias && bias(recipe.bias)),
    ...given("causal", causal),
    ...given("window", window),
    ...(recipe.keyLengths ? { keyLengths: integers(B, 0, S) } : {}),
    ...(recipe.queryLengths ? { queryLengths: integers(B, 0, L) } : {}),
    ...(recipe.segments ? { segments: { query: packed(L, random), key: packed(S, random) } } : {}),
    ...(recipe.sinks ? { sinks: floats([H]).data } : {}),
  };
}

function given<K extends string, T>(key: K, value: T | null): Partial<Record<K, T>> {
  return (value === null ? {} : { [key]: value }) as Partial<Record<K, T>>;
}

/** Segment numbers of a packed row: 0, 0, 1, 1, 1, 2 … */
function packed(length: number, random: Random): number[] {
  let segment = 0;
  return Array.from({ length }, () => (random.chance(0.2) ? ++segment : segment));
}

export function numbersOf(
  recipe: Pick<Recipe, "dtype" | "numbers">,
  count: number,
  random: Random,
): FloatArray {
  const data = recipe.dtype === "float32" ? new Float32Array(count) : new Float64Array(count);
  const huge = recipe.dtype === "float32" ? 3e38 : 1.7e308;
  const tiny = recipe.dtype === "float32" ? 1e-44 : 5e-323;
  const constant = random.normal();
  const amplitude = recipe.numbers === "large" ? 10 : 1;
  // Products of two such numbers leave the range, or just not.
  const root = Math.sqrt(huge);
  for (let i = 0; i < count; i++) {
    if (recipe.numbers === "constant") data[i] = constant;
    else if (recipe.numbers === "ties") data[i] = random.integer(-3, 3) / 2;
    else if (recipe.numbers === "overflow") data[i] = (root * random.integer(-6, 6)) / 4;
    else data[i] = amplitude * random.normal();
    if (recipe.numbers !== "wild" || random.chance(0.97)) continue;
    data[i] = random.pick([Infinity, -Infinity, huge, -huge, tiny, -0, 0]);
    if (random.chance(0.2)) writeOddNaN(data, i, random.chance(0.5));
  }
  return data;
}

/** One line that says what a problem is. */
export function describeProblem(problem: Problem): string {
  const options = Object.entries(problem)
    .filter(
      ([key]) => !["query", "key", "value", "batch", "headAxis", "dtype", "seed"].includes(key),
    )
    .map(([key, value]) => `${key} ${show(value)}`);
  return (
    `${problem.dtype} query [${problem.query.shape}] key [${problem.key.shape}] ` +
    `value [${problem.value.shape}] ${options.join(", ")}`
  );
}

function show(value: unknown): string {
  if (typeof value === "object" && value !== null && "data" in value && "shape" in value) {
    return `[${(value as Dense).shape}]`;
  }
  if (ArrayBuffer.isView(value)) return `[${(value as FloatArray).length}]`;
  return JSON.stringify(value, (_, v: unknown) =>
    typeof v === "number" && !Number.isFinite(v) ? String(v) : v,
  );
}
