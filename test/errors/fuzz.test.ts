import { expect, test } from "vitest";
import * as core from "../../src/core.js";
import * as explaining from "../../src/explain/index.js";
import { Random } from "../helpers/random.js";

/** The same garbage in every run. */
function generator(seed: number): () => number {
  const random = new Random(seed);
  return () => random.next();
}

type Call = (...args: unknown[]) => unknown;
const functions: Record<string, Call> = {};
for (const [name, member] of Object.entries({ ...core, ...explaining })) {
  if (typeof member === "function") functions[name] = member as Call;
  else {
    for (const [inner, fn] of Object.entries(member)) functions[`${name}.${inner}`] = fn as Call;
  }
}

// Explanations read most of their input when they are asked: ask for all of it.
for (const name of ["explain", "explainWeights"]) {
  const call = functions[name];
  functions[name] = (...args) => {
    const explanation = call(...args) as explaining.WeightsExplanation;
    return explanation.heads === 0 ? explanation.toJSON() : explanation.mean().tidy();
  };
}
const words = ["the", "bat", "hit", "the", "ball"];
const explained = explaining.explain(core.zeros([5, 4]), core.zeros([5, 4]), core.zeros([5, 4]), {
  tokens: words,
});
for (const [name, method] of Object.entries({ ...explained, ...explained.mean() })) {
  if (typeof method === "function") functions[`view.${name}`] = method as Call;
}

const x = (): unknown => core.zeros([5, 4]);
const heads = (): unknown => core.zeros([2, 3, 5, 4]);
const layer = {
  heads: 2,
  inProjWeight: core.zeros([12, 4]),
  outWeight: core.zeros([4, 4]),
  addZeroAttn: true,
};
const options = { causal: true, window: { left: 2 }, keyLengths: [3, 5], sinks: [0, 1, 2] };

/** Calls that work, from which the garbage starts: it gets past the first check that way. */
const valid: [string, unknown[]][] = [
  ["attention", [x(), x(), x(), { allow: [[true]], bias: [[0]], scale: 1, softcap: 2 }]],
  ["attention", [heads(), heads(), heads(), options]],
  ["attentionWithWeights", [heads(), heads(), heads(), { ...options, layout: "BHLD" }]],
  ["attentionWithLse", [heads(), heads(), heads(), { ...options, emptyRow: "nan" }]],
  ["attentionTrace", [x(), x(), x(), { block: core.masks.causal(), queryLengths: 3 }]],
  ["attention", [x(), x(), x(), { bias: core.biases.alibi([1]), out: core.zeros([5, 4]) }]],
  [
    "mergeAttention",
    [
      [core.attentionWithLse(heads() as never, heads() as never, heads() as never)],
      { sinks: [1, 2, 3] },
    ],
  ],
  ["matmul", [x(), x(), { transposeA: true }]],
  ["softmax", [x(), { axis: 0, allow: [[true, false, true, true]] }]],
  ["logSumExp", [x(), { axis: -2 }]],
  ["tensor", [[1, 2, 3, 4], { shape: [2, 2], dtype: "float64" }]],
  ["zeros", [[2, 3], { dtype: "float32" }]],
  ["toNested", [x()]],
  ["format", [heads(), { digits: 3 }]],
  ["splitHeads", [x(), 2]],
  ["mergeHeads", [heads()]],
  ["multiHeadAttention", [x(), x(), x(), layer, { weights: "mean", causal: true, keyLengths: 4 }]],
  [
    "fromTorchMultiheadAttention",
    [
      { in_proj_weight: core.zeros([12, 4]), "out_proj.weight": core.zeros([4, 4]) },
      { heads: 2, prefix: "" },
    ],
  ],
  ["rotary", [x(), { base: 500, positions: [0, 1, 2, 3, 4] }, { pairing: "half", dims: 2 }]],
  [
    "rotary",
    [
      x(),
      { cos: core.zeros([9, 2]), sin: core.zeros([9, 2]), positions: 3 },
      { pairing: "interleaved", layout: "BLHD" },
    ],
  ],
  ["sinusoidal", [5, 4, { base: 9, order: "concatenated", endpoint: true, dtype: "float64" }]],
  ["alibiSlopes", [6]],
  [
    "createKvCache",
    [{ batch: 2, kvHeads: 3, headSize: 4, capacity: 9, window: { left: 2 }, dtype: "float64" }],
  ],
  ["explain", [x(), x(), x(), { tokens: words, headNames: ["only"], batch: 0, causal: true }]],
  [
    "explain",
    [heads(), heads(), heads(), { tokens: words, keyTokens: words, batch: 1, ...options }],
  ],
  ["explainWeights", [[[1, 0], [0.5, 0.5]], { tokens: ["a", "b"], headNames: ["only"], batch: 0 }]], // prettier-ignore
  ["wordGroups", [["▁the", "▁b", "at"], { marker: "▁" }]],
  ["previousTokenScore", [[[1, 0], [0.5, 0.5]]]], // prettier-ignore
  ["inductionScore", [[[1, 0], [0.5, 0.5]], ["a", "a"]]], // prettier-ignore
  ["duplicateTokenScore", [[[1, 0], [0.5, 0.5]], [7, 7]]], // prettier-ignore
  ["sinkScore", [[[1, 0], [0.5, 0.5]]]], // prettier-ignore
  ["localScore", [[[1, 0], [0.5, 0.5]], 1]], // prettier-ignore
  ["rollout", [[[[1, 0], [0.5, 0.5]], [[1, 0], [0, 1]]], { residual: 0.5 }]], // prettier-ignore
  ["view.head", ["head 0"]],
  ["view.mean", [[0]]],
  ["view.row", [1]],
  ["view.stage", ["weights"]],
  ["view.blend", [1]],
  ["view.why", [1, 2]],
  ["view.entropy", [1]],
  ["view.normalizedEntropy", [1]],
  ["view.effectiveKeys", [1]],
  ["view.topK", [1, 2]],
  ["view.mass", [1]],
  ["view.withoutKeys", [[1, 2]]],
  [
    "view.words",
    [
      [
        { text: "the bat", pieces: [0, 1] },
        { text: "hit the ball", pieces: [2, 3, 4] },
      ],
    ],
  ],
  ["view.matrix", []],
  ["view.tidy", []],
  ["view.toJSON", []],
  ["masks.dense", [core.masks.window({ left: 1, right: 2 }), [5, 5]]],
  ["masks.sparsity", [core.masks.segments([0, 0, 1, 1, 2]), [2, 3, 5, 5]]],
];

/** Every name that some option has, so that garbage reaches what reads it. */
const names = [
  "scale softcap allow block bias causal window keyLengths queryLengths grouped sinks emptyRow",
  "layout out engine axis transposeA shape dtype digits left right align offset",
  "tokens keyTokens headNames batch residual marker text pieces",
  "base positions cos sin pairing dims order endpoint weights heads prefix data",
  "stride output lse inProjWeight outWeight mask isCausal toString constructor",
].flatMap((line) => line.split(" "));

function garbage(random: () => number, depth = 0): unknown {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)];
  const some = <T>(make: () => T, most = 4): T[] =>
    Array.from({ length: Math.floor(random() * most) }, make);
  const inner = (): unknown => garbage(random, depth + 1);
  const small = (): number => pick([0, 1, 2, 3, 4, 5]);
  const kinds: (() => unknown)[] = [
    () => pick([undefined, null, true, false, "", "half", "topLeft", "bottomRight", "float64"]),
    () => pick([0, -0, 1, 2, 3, 5, -1, 1.5, NaN, Infinity, -Infinity, 2 ** 40, 2 ** 53, 1e308]),
    () => pick([Symbol("s"), 10n, /x/, new Date(0), new Map(), new Map([["a", 1]]), new Set([1])]),
    () => pick([() => undefined, () => true, (i: number) => i, Object.create(null)]),
    () => pick([new Float32Array(4), new Float64Array(4), new Uint8Array(5), new Int32Array(4)]),
    () => pick([new ArrayBuffer(8), new DataView(new ArrayBuffer(8)), Promise.resolve(1), []]),
    () => core.zeros(some(small), { dtype: pick(["float32", "float64"] as never[]) }),
    () => core.tensor(Uint8Array.of(0, 1, 1, 0, 1)),
    () => pick([core.masks.causal(), core.masks.lengths([1, 2]), core.masks.not(null as never)]),
    () => pick([core.biases.alibi([1, 2, 3]), core.biases.sum(null as never)]),
    () => pick([{ kind: "mask" }, { kind: "bias" }, { kind: 3 }]),
    () => ({
      data: new Float32Array(20),
      shape: some(small),
      stride: some(small),
      offset: small(),
    }),
    () => ({ data: new Float64Array(1), shape: [2 ** 40, 3], stride: [0, 0], offset: 0 }),
    () => ({ data: new Float32Array(9), shape: inner(), stride: inner(), offset: inner() }),
    () => some(() => some(random)),
    () => some(() => random() < 0.5),
    () => some(inner),
    () => Object.fromEntries(some(() => [pick(names), inner()])),
  ];
  return depth > 3 ? pick([undefined, 1, "x", NaN]) : pick(kinds)();
}

/** A copy of `value` in which one place holds garbage. The inside of a rule is not for users. */
function spoil(value: unknown, random: () => number): unknown {
  const plain = Object.prototype.toString.call(value);
  const open = plain === "[object Array]" || (plain === "[object Object]" && !isRule(value));
  const keys = open && random() < 0.75 ? Object.keys(value as object) : [];
  if (keys.length === 0) return garbage(random);
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as never;
  if (!Array.isArray(value) && random() < 0.2) {
    (copy as Record<string, unknown>)[names[Math.floor(random() * names.length)]] = garbage(random);
    return copy;
  }
  const key = keys[Math.floor(random() * keys.length)];
  (copy as Record<string, unknown>)[key] = spoil((value as Record<string, unknown>)[key], random);
  return copy;
}

function isRule(value: unknown): boolean {
  return typeof (value as { bind?: unknown }).bind === "function";
}

const ours = /^[\w.]+\(\): [^]+: expected [^]+; got [^]+\.$/;

/** How a call ended: "result", "error", or what it should not have done. */
function outcome(call: Call, args: readonly unknown[]): string {
  try {
    call(...args);
    return "result";
  } catch (error) {
    const known = error instanceof TypeError || error instanceof RangeError;
    return known && ours.test(error.message) ? "error" : String((error as Error)?.stack ?? error);
  }
}

test("valid calls are valid, and every function has one", () => {
  for (const [name, args] of valid) expect(outcome(functions[name], args)).toBe("result");
  const used = new Set(valid.map(([name]) => name));
  const rules = /^(masks|biases)\.(?!dense|sparsity)/;
  const missing = Object.keys(functions).filter(
    (name) => !used.has(name) && !rules.test(name) && name !== "releaseScratch",
  );
  expect(missing).toEqual([]);
});

test("spoilt arguments give a result or an error of ours", () => {
  const random = generator(20170612);
  const seen = { result: 0, error: 0 };
  for (let round = 0; round < 300; round++) {
    for (const [name, args] of valid) {
      const spoilt = spoil(args, random);
      const end = outcome(functions[name], Array.isArray(spoilt) ? spoilt : [spoilt]);
      if (end !== "result" && end !== "error") expect.fail(`round ${round}, ${name}: ${end}`);
      seen[end]++;
    }
  }
  expect(seen.error).toBeGreaterThan(500);
  expect(seen.result).toBeGreaterThan(500);
});

test("nothing but garbage gives a result or an error of ours", () => {
  const random = generator(42);
  for (let round = 0; round < 150; round++) {
    for (const [name, call] of Object.entries(functions)) {
      const args = Array.from({ length: Math.floor(random() * 6) }, () => garbage(random));
      const end = outcome(call, args);
      if (end !== "result" && end !== "error") expect.fail(`round ${round}, ${name}: ${end}`);
      // Rules are read where they are used.
      const rule = name.startsWith("masks.") || name.startsWith("biases.");
      if (end !== "result" || !rule) continue;
      const option = name.startsWith("masks.") ? "allow" : "bias";
      const made = { [option]: call(...args) };
      const used = outcome(functions.attention, [x(), x(), x(), made]);
      if (used !== "result" && used !== "error") expect.fail(`round ${round}, ${name}: ${used}`);
    }
  }
});
