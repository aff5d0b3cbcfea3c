import { expect, test } from "vitest";
import { attentionOptionNames, type AttentionOptions } from "../../src/attention/index.js";
import { readCall, type Call } from "../../src/attention/call.js";
import { traceCall } from "../../src/attention/traceCall.js";
import { attentionTrace } from "../../src/core.js";
import { withExtraKeys } from "../../src/heads/extraKeys.js";

const query = [[1, 2], [3, -1], [0, 1]]; // prettier-ignore
const key = [[1, 0], [0, 2], [1, 1], [2, -1]]; // prettier-ignore
const extra = [5, 7];

/** What an option says of keys holds for the real ones: each is tried below. */
const ofKeys: AttentionOptions<Float32Array> = {
  allow: [[true, true, false, true], [false, true, true, true], [true, true, true, true]], // prettier-ignore
  block: [false, true, false, false],
  causal: "topLeft",
  window: { left: 0, right: 1, align: "bottomRight" },
  keyLengths: 3,
  bias: [[1, 2, 3, 4], [5, 6, 7, 8], [-1, -2, -3, -Infinity]], // prettier-ignore
};

/** The call over the keys and one extra key. */
function withExtraKey(options: AttentionOptions<Float32Array>): Call<Float32Array> {
  const real = readCall<Float32Array>("test", query, key, key, options);
  const { key: all, value } = readCall<Float32Array>(
    "test",
    query,
    [...key, extra],
    [...key, extra],
  );
  return { ...withExtraKeys(real, 1), key: all, value };
}

test("no part of a call is lost with extra keys", () => {
  const real = readCall<Float32Array>("test", query, key, key, {
    ...ofKeys,
    window: { left: 1 },
    ...{ scale: 2, softcap: 3, queryLengths: 2, sinks: [1], emptyRow: "nan", engine: "portable" },
  });
  const call = withExtraKeys(real, 1);
  const names = Object.keys(real) as (keyof typeof real)[];
  const changed = names.filter((name) => call[name] !== real[name]);
  expect(changed.sort()).toEqual(["biases", "keyCounts", "keys", "mask", "scoresShape"]);
});

test("every option has its place in a call: none says something of keys that is not tried below", () => {
  const others = ["scale", "softcap", "queryLengths", "grouped", "sinks", "emptyRow", "layout"];
  expect([...Object.keys(ofKeys), ...others, "out", "engine"].sort()).toEqual(
    [...attentionOptionNames].sort(),
  );
});

test.each(Object.entries(ofKeys))("%s is said of the real keys alone", (name, value) => {
  const options = { [name]: value };
  const masked = (keys: number[][], given: AttentionOptions<Float32Array>): number[] => [
    ...attentionTrace(query, keys, keys, given).masked.data,
  ];
  const real = masked(key, options);
  expect(real).not.toEqual(masked(key, {}));
  const [rows, all] = [query.length, key.length + 1];
  const scores = masked([...key, extra], {});
  const expected = Array.from({ length: rows * all }, (_, at) => {
    const [i, j] = [Math.floor(at / all), at % all];
    return j < key.length ? real[i * key.length + j] : scores[at];
  });
  expect([...traceCall(withExtraKey(options)).masked.data]).toEqual(expected);
});
