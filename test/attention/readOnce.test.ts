import { describe, expect, it } from "vitest";
import * as qkv from "../../src/core.js";
import type { AttentionOptions, MaskRule } from "../../src/core.js";
import { prepareAttention } from "../../src/threads/attentionCall.js";
import { compute } from "../../src/threads/compute.js";
import { control } from "../../src/threads/schedule.js";
import { explain } from "../../src/explain/index.js";

// What is given is read once, however many functions a call passes through.

/** An object that counts how often each of its properties is read. */
function counted<T extends object>(object: T): { object: T; reads: Record<string, number> } {
  const reads: Record<string, number> = {};
  const get = (target: T, name: string | symbol): unknown => {
    if (typeof name === "string") reads[name] = (reads[name] ?? 0) + 1;
    return Reflect.get(target, name);
  };
  return { object: new Proxy(object, { get }), reads };
}

/** A call on 4 queries and 5 keys: what it reads of its options, mask and rule. */
function spies(sendable?: MaskRule, cached = false) {
  let binds = 0;
  const causal = qkv.masks.causal({ offset: 1 });
  const block: MaskRule = sendable ?? {
    kind: "mask",
    bind(shape, place) {
      binds++;
      return qkv.masks.not(causal).bind(shape, place);
    },
  };
  const row = counted([true, true, false, true, true]);
  const options = counted<AttentionOptions<Float32Array>>({
    allow: [row.object],
    block,
    scale: 0.5,
    softcap: 20,
    bias: qkv.biases.sum([[0.5, 0, 0, 0, 0]]),
    ...(cached ? {} : { keyLengths: [5] }),
    queryLengths: [4],
    sinks: [0.25, 0.5],
    emptyRow: "zero",
  });
  return {
    row,
    options: options.object,
    check() {
      if (!sendable) expect(binds).toBe(1);
      for (const [name, count] of Object.entries(options.reads)) {
        expect([name, count]).toEqual([name, 1]);
      }
      return row.reads["2"];
    },
  };
}

function numbers(shape: number[]) {
  const size = shape.reduce((product, length) => product * length, 1);
  return qkv.tensor(
    Float32Array.from({ length: size }, (_, i) => ((i * 7) % 11) / 5 - 1),
    { shape },
  );
}

const query = numbers([1, 2, 4, 3]);
const key = numbers([1, 2, 5, 3]);
const value = numbers([1, 2, 5, 2]);

/** How often an attention call reads an element of a nested mask: for its kind, and for its value. */
const once = ((): number => {
  const { options, check } = spies();
  qkv.attention(query, key, value, options);
  return check();
})();

describe("options, masks and rules are read once", () => {
  it.each(["attention", "attentionWithLse", "attentionWithWeights", "attentionTrace"] as const)(
    "%s",
    (name) => {
      const { options, check } = spies();
      const call: (...given: Parameters<typeof qkv.attention>) => unknown = qkv[name];
      call(query, key, value, options);
      expect(check()).toBe(once);
    },
  );

  it.each([false, true])("multiHeadAttention, with extra keys: %s", (addZeroAttn) => {
    const { options, check } = spies();
    const params = {
      heads: 2,
      inProjWeight: numbers([12, 4]),
      outWeight: numbers([4, 4]),
      addZeroAttn,
    };
    qkv.multiHeadAttention(
      numbers([1, 4, 4]),
      numbers([1, 5, 4]),
      numbers([1, 5, 4]),
      params,
      options,
    );
    expect(check()).toBe(once);
  });

  it("KvCache.attention", () => {
    const cache = qkv.createKvCache({ kvHeads: 2, headSize: 3, valueSize: 2, capacity: 8 });
    cache.append(key, value);
    const { options, check } = spies(undefined, true);
    cache.attention(query, options);
    expect(check()).toBe(once);
  });

  it("threads, on the calling side and in a worker", () => {
    const { options, check, row } = spies(qkv.masks.not(qkv.masks.causal({ offset: 1 })));
    const call = prepareAttention("attention", [query, key, value], options, "lse", 1);
    check();
    expect(row.reads["2"]).toBe(once);
    const sent = counted(call.job.options);
    const job = { ...call.job, options: sent.object };
    const shared = new Int32Array(control.size);
    const { error } = compute({ id: 1, job, schedule: call.schedule, control: shared });
    expect(error).toBe(undefined);
    expect(Object.values(sent.reads).every((count) => count === 1)).toBe(true);
    const { output } = qkv.attentionWithLse(query, key, value, options);
    expect(call.finish(-1).output.data).toEqual(output.data);
  });

  it("explain", () => {
    const { options, check } = spies();
    explain(query, key, value, { ...options, tokens: [..."abcd"], keyTokens: [..."abcde"] });
    expect(check()).toBe(once);
  });
});
