import { afterAll, beforeAll, expect, test } from "vitest";
import { attention, biases, masks, tensor, zeros } from "../../src/core.js";
import type { BiasRule, FloatArray, Mask, MaskRule, TensorView } from "../../src/core.js";
import { explain } from "../../src/explain/index.js";
import { prepareAttention } from "../../src/threads/attentionCall.js";
import { compute } from "../../src/threads/compute.js";
import { control } from "../../src/threads/schedule.js";

/** The file of a new rule: every `step`-th key of what another mask and a row of bits leave. */
function every(step: number, bits: TensorView<Uint8Array>, within: Mask): MaskRule {
  return {
    kind: "mask",
    made: { by: "every", with: [step, bits, within] },
    bind(shape, place) {
      const rest = masks.and(bits, within).bind(shape, place);
      return {
        coverage: () => 2,
        narrow(b, h, i, j0, j1, allowed) {
          rest.narrow(b, h, i, j0, j1, allowed);
          for (let j = j0; j < j1; j++) if (j % step !== 0) allowed[j - j0] = 0;
        },
        reason: (_b, _h, _i, j) => `key ${j} is none of every ${step}`,
      };
    },
  };
}

/** The file of a new bias. */
function perKey(numbers: TensorView<FloatArray>, { factor }: { factor: number }): BiasRule {
  return {
    kind: "bias",
    made: { by: "perKey", with: [numbers, { factor }] },
    bind: () => [
      {
        read(_b, _h, _i, j0, j1, into) {
          const { data, stride, offset } = numbers;
          for (let j = j0; j < j1; j++) into[j - j0] = factor * data[offset + j * stride[0]];
        },
      },
    ],
  };
}

// Their lines in the tables.
beforeAll(() => void [Object.assign(masks, { every }), Object.assign(biases, { perKey })]);
afterAll(() => {
  delete (masks as Record<string, unknown>)["every"];
  delete (biases as Record<string, unknown>)["perKey"];
});

const bits = { data: Uint8Array.of(0, 1, 0, 1, 1, 1, 1, 1), shape: [7], stride: [1], offset: 1 };
const rule = every(2, bits, masks.causal());

test("a rule is its file and its line in the table: explain has its reason", () => {
  const x = zeros([7, 1]);
  const tokens = [..."abcdefg"];
  const texts = (allow: Mask): string[] =>
    explain(x, x, x, { tokens, allow })
      .head(0)
      .why(4, 3)
      .reasons.map(({ text }) => text);
  expect(texts(rule)).toEqual(["key 3 is none of every 2 (masks.every)"]);
  expect(texts(masks.and(masks.prefix(2), rule))).toEqual([
    "key 3 is not in the prefix of 2 keys (masks.prefix)",
    "key 3 is none of every 2 (masks.every)",
  ]);
  expect(texts(masks.not(masks.or(rule, true)))).toEqual(["masks.or is true (masks.not)"]);
});

test("a rule is its file and its line in the table: other threads make it again", () => {
  const x = tensor(
    Float32Array.from({ length: 14 }, (_, i) => Math.sin(i)),
    { shape: [7, 2] },
  );
  const data = Float32Array.from({ length: 21 }, (_, i) => Math.cos(i));
  const bias = biases.sum(perKey({ data, shape: [7], stride: [3], offset: 2 }, { factor: 3 }), [1]);
  const options = { allow: masks.or(rule, masks.prefix(1)), bias };
  const { job, schedule, finish } = prepareAttention("attention", [x, x, x], options, undefined, 1);
  const order = { id: 1, job, schedule, control: new Int32Array(control.size) };
  const reply = compute(structuredClone(order));
  expect(reply.error).toBeUndefined();
  const own = attention(x, x, x, options).data;
  expect(own.every(Number.isFinite)).toBe(true);
  expect(own).not.toEqual(attention(x, x, x, { bias }).data);
  expect(own).not.toEqual(attention(x, x, x, { allow: options.allow }).data);
  expect(finish(-1).output.data).toEqual(own);
});
