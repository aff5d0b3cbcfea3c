import type { MultiHeadParams } from "../../src/heads/index.js";
import { tensor, type Tensor } from "../../src/tensor/index.js";

/** Numbers without a pattern that a wrong axis could hide behind. */
export function make(shape: readonly number[], seed: number): Tensor<Float64Array> {
  const count = shape.reduce((a, n) => a * n, 1);
  return tensor(
    Float64Array.from({ length: count }, (_, i) => Math.sin(seed * 13.7 + i * 1.9 + i * i * 0.013)),
    { shape: [...shape] },
  );
}

export type Rows = number[][];

/** Row-major rows of a batch entry. */
export function rowsOf({ data, shape }: Tensor<Float64Array>, b = 0): Rows {
  const [length, size] = shape.slice(-2);
  return Array.from({ length }, (_, i) => [
    ...data.subarray((b * length + i) * size, (b * length + i + 1) * size),
  ]);
}

export function linear(x: Rows, weight: Rows, bias?: number[]): Rows {
  return x.map((row) =>
    weight.map((w, o) => w.reduce((sum, n, i) => sum + n * row[i], 0) + (bias?.[o] ?? 0)),
  );
}

/** What the naive layer needs: everything taken apart. */
export interface NaiveLayer {
  heads: number;
  query: { weight: Rows; bias?: number[] };
  key: { weight: Rows; bias?: number[] };
  value: { weight: Rows; bias?: number[] };
  out: { weight: Rows; bias?: number[] };
  extraKeys?: Rows;
  extraValues?: Rows;
}

/** Multi-head attention of one batch entry, written from its definition with plain arrays. */
export function naiveLayer(
  [query, key, value]: readonly [Rows, Rows, Rows],
  layer: NaiveLayer,
  score: (s: number, h: number, i: number, j: number) => number = (s) => s,
): { output: Rows; weights: number[][][] } {
  const q = linear(query, layer.query.weight, layer.query.bias);
  const k = [...linear(key, layer.key.weight, layer.key.bias), ...(layer.extraKeys ?? [])];
  const v = [...linear(value, layer.value.weight, layer.value.bias), ...(layer.extraValues ?? [])];
  const size = layer.query.weight.length / layer.heads;
  const valueSize = layer.value.weight.length / layer.heads;
  const joined: Rows = q.map(() => []);
  const weights = Array.from({ length: layer.heads }, (_, h) =>
    q.map((row, i) => {
      const scores = k.map((other, j) => {
        let s = 0;
        for (let d = h * size; d < (h + 1) * size; d++) s += row[d] * other[d];
        return score(s / Math.sqrt(size), h, i, j);
      });
      const most = Math.max(...scores);
      const powers = scores.map((s) => (s === -Infinity ? 0 : Math.exp(s - most)));
      const sum = powers.reduce((a, b) => a + b, 0);
      const w = powers.map((p) => (sum === 0 ? 0 : p / sum));
      for (let e = h * valueSize; e < (h + 1) * valueSize; e++) {
        joined[i].push(w.reduce((total, p, j) => total + p * v[j][e], 0));
      }
      return w;
    }),
  );
  return { output: linear(joined, layer.out.weight, layer.out.bias), weights };
}

/** A layer with a different prime behind every letter: D 5, E 7, features 11, 13, 17, out 19. */
export const [B, H, L, S, D, E] = [2, 3, 4, 6, 5, 7];
export const params: MultiHeadParams<Float64Array> = {
  heads: H,
  queryWeight: make([H * D, 11], 1),
  keyWeight: make([H * D, 13], 2),
  valueWeight: make([H * E, 17], 3),
  queryBias: make([H * D], 4),
  keyBias: make([H * D], 5),
  valueBias: make([H * E], 6),
  outWeight: make([19, H * E], 7),
  outBias: make([19], 8),
};
export const query = make([B, L, 11], 9);
export const key = make([B, S, 13], 10);
export const value = make([B, S, 17], 11);

const flat = (x: unknown): number[] => [...(x as Tensor<Float64Array>).data];
const rows = (x: unknown): Rows => rowsOf(x as Tensor<Float64Array>);
export const naive: NaiveLayer = {
  heads: H,
  query: { weight: rows(params.queryWeight), bias: flat(params.queryBias) },
  key: { weight: rows(params.keyWeight), bias: flat(params.keyBias) },
  value: { weight: rows(params.valueWeight), bias: flat(params.valueBias) },
  out: { weight: rows(params.outWeight), bias: flat(params.outBias) },
};

export function inputsOf(b: number): readonly [Rows, Rows, Rows] {
  return [rowsOf(query, b), rowsOf(key, b), rowsOf(value, b)];
}
