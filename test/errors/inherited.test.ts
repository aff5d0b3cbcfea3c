import { afterEach, describe, expect, test } from "vitest";
import * as core from "../../src/core.js";
import { errorCertificate, expectClose } from "../../src/testing/index.js";
import { readCheckOptions } from "../../src/testing/readCheckOptions.js";
import { prepareAttention } from "../../src/threads/attentionCall.js";
import { prepareMatmul } from "../../src/threads/matmulCall.js";
import { splitSignal } from "../../src/threads/signal.js";
import { functions, valid, x, type Call } from "./calls.js";

// Every name that a function reads from its options. `shape`, `offset` and the like are those of tensors
// too, which inherit them: an NdArray has its shape from its class.
const optionNames = [
  "scale softcap allow block bias causal window keyLengths queryLengths grouped sinks emptyRow layout",
  "out engine axis transposeA transposeB digits left right align base positions cos sin pairing dims order",
  "endpoint heads addZeroAttn prefix batch kvHeads headSize valueSize capacity tokens keyTokens headNames",
  "marker residual rel abs bound unit rescalings supports only skip seed runs budget timeout signal onLaw",
  "lengths keepFirst buckets grid bidirectional maxDistance onProgress source mask threads workerUrl inProjBias queryBias keyBias valueBias biasK biasV outBias",
].flatMap((line) => line.split(" "));

const read: string[] = [];
afterEach(() => {
  for (const name of optionNames) delete (Object.prototype as Record<string, unknown>)[name];
  read.length = 0;
});

/** Which option names a call looks for in Object.prototype. */
function inheritedReads(call: () => unknown): string[] {
  for (const name of optionNames) {
    Object.defineProperty(Object.prototype, name, {
      get: () => void read.push(name),
      set(value) {
        Object.defineProperty(this, name, { value, writable: true, enumerable: true });
      },
      configurable: true,
    });
  }
  call();
  return [...new Set(read)];
}

const q = x() as core.Tensor<Float32Array>;
const cache = core.createKvCache({ kvHeads: 1, headSize: 4, capacity: 10, window: { left: 3 } });
const others: Record<string, Call> = {
  "KvCache.append": () => cache.append(q, q, {}),
  "biases.relative": () => {
    const bias = core.biases.relative(core.zeros([4, 1]), { buckets: { bidirectional: false } });
    return core.attention(q, q, q, { bias });
  },
  "KvCache.attention": () => cache.attention(q),
  "KvCache.attentionWithWeights": () => cache.attentionWithWeights(q, { causal: "bottomRight" }),
  "KvCache.attentionWithLse": () => cache.attentionWithLse(q, { layout: "BHLD" }),
  errorCertificate: () => errorCertificate(q, q, q, { causal: true }),
  expectClose: () => expectClose(q, q, {}),
  checkAttention: () => readCheckOptions("checkAttention", () => q, { supports: {} }),
  "attention of an engine": () => prepareAttention("attention", [q, q, q], {}, "lse", 2),
  "matmul of an engine": () => prepareMatmul(q, core.zeros([4, 3]), {}, 2),
  "signal of an engine": () => splitSignal("attention", {}),
};

describe("what is no own property of the options is not read", () => {
  test.each([...valid, ...Object.keys(others).map((name) => [name, []] as const)])(
    "%s",
    (name, args) => {
      const call = functions[name] ?? others[name];
      const given = args as unknown[];
      // Explanations compute what they are asked for, from structures of their own.
      expect(inheritedReads(() => call(...given))).toEqual([]);
    },
  );
});

test("a name in Object.prototype changes no result, and is refused nowhere", () => {
  const bare = core.attention([[1, 2]], [[3, 4], [5, 6]], [[7], [8]]); // prettier-ignore
  Object.assign(Object.prototype, { scale: 100, colour: "red" });
  try {
    expect(core.attention([[1, 2]], [[3, 4], [5, 6]], [[7], [8]])).toEqual(bare); // prettier-ignore
    expect(core.attention([[1, 2]], [[3, 4], [5, 6]], [[7], [8]], {})).toEqual(bare); // prettier-ignore
  } finally {
    delete (Object.prototype as { colour?: string }).colour;
  }
  const inheriting = Object.create({ scale: 100, colour: "red" }) as core.AttentionOptions;
  expect(core.attention([[1, 2]], [[3, 4], [5, 6]], [[7], [8]], inheriting)).toEqual(bare); // prettier-ignore
});
