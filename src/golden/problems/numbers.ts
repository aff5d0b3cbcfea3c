import type { Draw, Floats } from "../draw.js";
import { both, type GoldenProblem } from "../problem.js";
import { everything, qkvOf } from "./attention.js";

/** √ of the largest number, nearly: products of such numbers leave the range, or just not. */
const edgeOf = { float32: 1.6e19, float64: 1.2e154 };
const largestOf = { float32: 3.4e38, float64: 1.79e308 };

function fillRow(view: Floats, row: number, value: number): void {
  const width = view.shape[view.shape.length - 1];
  view.data.fill(value, row * width, (row + 1) * width);
}

/** Poison in keys and values that some rows may not see. */
function poisoned(draw: Draw, S: number) {
  const inputs = qkvOf(draw, { B: 1, H: 2, L: 66, S });
  [NaN, Infinity, -Infinity, largestOf[draw.dtype]].forEach((poison, n) => {
    for (const row of [S - 1 - n, 40 + n, S + 66 + n]) {
      fillRow(inputs.key, row, poison);
      fillRow(inputs.value, row, -poison);
    }
  });
  return inputs;
}

export const numberProblems: readonly GoldenProblem[] = [
  ...both("numbers: wild", (draw, library, engine) => {
    const query = draw.wild([2, 2, 18, 6], 60);
    const key = draw.wild([2, 2, 130, 6], 300);
    const value = draw.wild([2, 2, 130, 9], 300);
    return everything(library, { query, key, value }, { engine });
  }),
  ...both("numbers: wild, with every option", (draw, library, engine) => {
    const query = draw.wild([2, 2, 18, 6], 60);
    const key = draw.wild([2, 2, 130, 6], 100);
    const value = draw.wild([2, 2, 130, 9], 100);
    return everything(
      library,
      { query, key, value },
      {
        engine,
        softcap: 1.5,
        bias: draw.wild([18, 130], 100),
        sinks: draw.normal([2]),
        block: draw.booleans([2, 1, 18, 130], 40),
        causal: { offset: 112 },
        keyLengths: [130, 101],
        emptyRow: "nan",
      },
    );
  }),
  ...both("numbers: poison behind a causal mask", (draw, library, engine) =>
    everything(library, poisoned(draw, 150), { engine, causal: { offset: 84 } }),
  ),
  ...both("numbers: poison behind blocked keys", (draw, library, engine) => {
    const block = draw.booleans([66, 150], 20);
    for (const j of [146, 147, 148, 149, 40, 41, 42, 43, 66, 67, 68, 69]) {
      for (let i = 0; i < 66; i += 1 + (j % 3)) block.data[i * 150 + j] = 1;
    }
    return everything(library, poisoned(draw, 150), { engine, block });
  }),
  ...both("numbers: scores that overflow", (draw, library, engine) => {
    const edge = edgeOf[draw.dtype];
    const query = draw.normal([1, 2, 66, 5], edge);
    const key = draw.normal([1, 2, 140, 5], edge);
    // Between rows that overflow, rows that do not.
    for (let row = 0; row < 132; row += 3) fillRow(query, row, 1 / edge);
    const value = draw.normal([1, 2, 140, 5]);
    return everything(library, { query, key, value }, { engine, scale: 0.5 });
  }),
  ...both("numbers: partial sums that overflow", (draw, library, engine) => {
    const edge = edgeOf[draw.dtype];
    const query = draw.halves([1, 1, 9, 8]);
    const key = draw.halves([1, 1, 70, 8]);
    for (let i = 0; i < query.data.length; i++) query.data[i] *= edge;
    for (let i = 0; i < key.data.length; i++) key.data[i] *= edge;
    const value = draw.normal([1, 1, 70, 5]);
    return everything(library, { query, key, value }, { engine, softcap: 3 });
  }),
  ...both("numbers: values near the largest", (draw, library, engine) => {
    const { query, key, value } = qkvOf(draw, { B: 1, L: 9, S: 200 });
    for (let i = 0; i < value.data.length; i++) {
      if (i % 13 < 5) value.data[i] = (draw.below(4) === 0 ? -1 : 1) * largestOf[draw.dtype];
    }
    return everything(library, { query, key, value }, { engine });
  }),
  ...both("numbers: below the normal ones", (draw, library, engine) => {
    const tiny = draw.dtype === "float32" ? 1e-41 : 1e-310;
    const root = draw.dtype === "float32" ? 1e-20 : 1e-155;
    const query = draw.normal([1, 2, 9, 6], root);
    const key = draw.normal([1, 2, 70, 6], root);
    const value = draw.normal([1, 2, 70, 6], tiny);
    return everything(library, { query, key, value }, { engine });
  }),
  ...both("numbers: weights that underflow", (draw, library, engine) => {
    const query = draw.normal([1, 2, 9, 6], 6);
    const key = draw.normal([1, 2, 200, 6], draw.dtype === "float32" ? 6 : 16);
    const value = draw.normal([1, 2, 200, 6]);
    return everything(library, { query, key, value }, { engine, scale: 1 });
  }),
  ...both("numbers: a row of −Infinity scores", (draw, library, engine) => {
    const { key, value } = qkvOf(draw, { B: 1, H: 1, L: 1, S: 70, D: 1 });
    for (let j = 0; j < 70; j++) key.data[j] = j % 3 ? -Infinity : Math.abs(key.data[j]);
    const query = draw.floats([1, -1, 0, 0.5], [1, 1, 4, 1]);
    return everything(library, { query, key, value }, { engine });
  }),
];
