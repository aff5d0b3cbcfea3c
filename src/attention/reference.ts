import type { Call } from "./call.js";

/**
 * Every stage of the rows that were asked for, row-major: scores `[rows·S]`, output `[rows·E]`, lse
 * `[rows]`.
 */
export interface ReferenceStages {
  scores: Float64Array;
  capped: Float64Array;
  biased: Float64Array;
  masked: Float64Array;
  weights: Float64Array;
  output: Float64Array;
  lse: Float64Array;
  /** 1 where a row may attend nothing. */
  empty: Uint8Array;
}

/**
 * The specification: `softmax(mask(cap(QKᵀ·scale) + bias))·V`, naive and in float64, with no tiles
 * and no thought of speed or overflow. The fast algorithm changes the order of the sums and the
 * precision; everything else has to agree. Rows `from … to − 1` of B·H·L.
 */
export function attentionReference(
  call: Call,
  from = 0,
  to = call.batch * call.heads * call.queries,
): ReferenceStages {
  const { heads, kvHeads, queries, keys, headSize, valueSize } = call;
  const rows = to - from;
  const stages: ReferenceStages = {
    scores: new Float64Array(rows * keys),
    capped: new Float64Array(rows * keys),
    biased: new Float64Array(rows * keys),
    masked: new Float64Array(rows * keys),
    weights: new Float64Array(rows * keys),
    output: new Float64Array(rows * valueSize),
    lse: new Float64Array(rows).fill(-Infinity),
    empty: new Uint8Array(rows),
  };
  for (let row = 0; row < rows; row++) {
    const matrix = Math.floor((from + row) / queries);
    const i = from + row - matrix * queries;
    const b = Math.floor(matrix / heads);
    const h = matrix % heads;
    const kv = b * kvHeads + Math.floor((h * kvHeads) / heads);
    for (let j = 0; j < keys; j++) {
      // 1. Scale the query, 2. scores: scores = q·k · scale
      let dot = 0;
      for (let d = 0; d < headSize; d++) {
        dot += at(call.query, matrix, i, d) * at(call.key, kv, j, d);
      }
      const score = dot * call.scale;
      // 3. Softcap, bias and mask: capped = c · tanh(s / c)
      const c = call.softcap;
      const capped = c === undefined ? score : c * Math.tanh(score / c);
      //    biased = capped + bias
      const { sum, blocks } = biasAt(call, b, h, i, j);
      const biased = capped + sum;
      //    masked = −∞ where the pair is blocked
      const masked = blocks || !isVisible(call, b, h, i, j) ? -Infinity : biased;
      const pair = row * keys + j;
      stages.scores[pair] = score;
      stages.capped[pair] = capped;
      stages.biased[pair] = biased;
      stages.masked[pair] = masked;
    }
    if (i >= (call.queryCounts?.[b] ?? queries)) continue; // A padded query: zero, not empty.
    const masked = stages.masked.subarray(row * keys, row * keys + keys);
    const weights = stages.weights.subarray(row * keys, row * keys + keys);
    const output = stages.output.subarray(row * valueSize, row * valueSize + valueSize);
    // 4. Softmax, and 7. the sink: one more logit in its maximum and its sum, without a value.
    const sink = call.sinks?.[h] ?? -Infinity;
    const maximum = masked.reduce((most, score) => Math.max(most, score), sink);
    if (maximum === -Infinity) {
      stages.empty[row] = 1;
      if (call.emptyRow === "nan") for (const blank of [weights, output]) blank.fill(NaN);
      continue;
    }
    const power = (score: number): number => Math.exp(score - maximum);
    const sum = masked.reduce((total, score) => total + power(score), power(sink));
    // 5. The output, and 6. nothing to merge: all keys are one tile.
    for (let j = 0; j < keys; j++) {
      weights[j] = power(masked[j]) / sum;
      // A key with score −∞ takes no part: 0 · NaN would spoil the row.
      if (masked[j] === -Infinity) continue;
      for (let e = 0; e < valueSize; e++) output[e] += weights[j] * at(call.value, kv, j, e);
    }
    if (Number.isNaN(sum)) output.fill(NaN);
    stages.lse[row] = maximum + Math.log(sum);
  }
  return stages;
}

function at(operand: Call["query"], matrix: number, row: number, column: number): number {
  return operand.data[operand.starts[matrix] + row * operand.row + column * operand.column];
}

const one = new Uint8Array(1);
const number = new Float64Array(1);

function biasAt(call: Call, b: number, h: number, i: number, j: number) {
  let sum = 0;
  let blocks = false;
  for (const bias of call.biases) {
    bias.read(b, h, i, j, j + 1, number);
    sum += number[0];
    blocks ||= number[0] === -Infinity;
  }
  return { sum, blocks };
}

function isVisible(call: Call, b: number, h: number, i: number, j: number): boolean {
  if (j >= (call.keyCounts?.[b] ?? call.keys)) return false;
  if (i >= (call.queryCounts?.[b] ?? call.queries)) return false;
  one[0] = 1;
  call.mask?.narrow(b, h, i, j, j + 1, one);
  return one[0] === 1;
}
