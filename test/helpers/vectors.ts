import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type * as qkv from "../../src/core.js";
import type { FloatArray } from "../../src/tensor/types.js";
import type { Dense } from "./tensors.js";
import { sizeOf } from "./tensors.js";

/** The library that a case is asked of, for instance with one engine in every call. */
export type Library = typeof qkv;

type Encoded = number | "Infinity" | "-Infinity" | "NaN" | string;
type VectorDType = "float64" | "float32" | "float16" | "bfloat16" | "bool" | "int64";

export interface VectorTensor {
  readonly name: string;
  readonly dtype: VectorDType;
  readonly shape: readonly number[];
  readonly data: readonly Encoded[];
}

interface Bound {
  readonly abs: number;
  readonly rel: number;
}

/** One file of `test/vectors/<family>/`. */
export interface VectorCase {
  readonly name: string;
  readonly family: string;
  readonly op: string;
  readonly domain: string;
  readonly opset: number | null;
  readonly covers: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly tolerance?: Bound & { readonly lse?: Bound };
  readonly note?: string;
  readonly ambiguous?: boolean;
  readonly inputs: readonly VectorTensor[];
  readonly outputs: readonly VectorTensor[];
}

/** What an adapter hands back: one row-major tensor for every output the case names. */
export type Outputs = Readonly<
  Record<string, { data: ArrayLike<number>; shape: readonly number[] }>
>;

const root = fileURLToPath(new URL("../vectors/", import.meta.url));

export function listFamilies(): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

export function listCases(family: string): string[] {
  return readdirSync(`${root}${family}`)
    .filter((file) => file.endsWith(".json"))
    .sort();
}

const caseKeys =
  "name family op domain opset covers attributes tolerance note ambiguous inputs outputs".split(
    " ",
  );

export function loadCase(family: string, file: string): VectorCase {
  const parsed = JSON.parse(readFileSync(`${root}${family}/${file}`, "utf8")) as VectorCase;
  for (const key of Object.keys(parsed)) {
    if (!caseKeys.includes(key)) throw new Error(`${file}: unknown key ${key}`);
  }
  for (const tensor of [...parsed.inputs, ...parsed.outputs]) {
    if (tensor.data.length !== sizeOf(tensor.shape)) {
      throw new Error(`${file}: ${tensor.name} has ${tensor.data.length} numbers for its shape`);
    }
  }
  return parsed;
}

/** Anything an adapter was not written for must fail the test, not be ignored. */
export function expectKnown(
  vector: VectorCase,
  known: { attributes: readonly string[]; inputs: readonly string[]; outputs: readonly string[] },
): void {
  const unknown = [
    ...Object.keys(vector.attributes).filter((name) => !known.attributes.includes(name)),
    ...vector.inputs.map(({ name }) => name).filter((name) => !known.inputs.includes(name)),
    ...vector.outputs.map(({ name }) => name).filter((name) => !known.outputs.includes(name)),
  ];
  if (unknown.length > 0) {
    throw new Error(
      `${vector.family}/${vector.name}: the adapter does not know ${unknown.join(", ")}`,
    );
  }
}

export function find(list: readonly VectorTensor[], name: string): VectorTensor | undefined {
  return list.find((tensor) => tensor.name === name);
}

export function input(vector: VectorCase, name: string): VectorTensor {
  const tensor = find(vector.inputs, name);
  if (tensor === undefined) throw new Error(`${vector.family}/${vector.name}: no input ${name}`);
  return tensor;
}

/** float64 stays float64; float32 and the half formats, which it holds exactly, become float32. */
export function toFloats(tensor: VectorTensor, as: VectorTensor = tensor): Dense<FloatArray> {
  if (tensor.dtype === "bool" || tensor.dtype === "int64") {
    throw new Error(`${tensor.name} is ${tensor.dtype}, expected numbers`);
  }
  const numbers = tensor.data.map(Number);
  const data = as.dtype === "float64" ? Float64Array.from(numbers) : Float32Array.from(numbers);
  return { data, shape: tensor.shape };
}

export function toBooleans(tensor: VectorTensor): Dense<Uint8Array> {
  if (tensor.dtype !== "bool") throw new Error(`${tensor.name} is ${tensor.dtype}, expected bool`);
  return { data: Uint8Array.from(tensor.data.map(Number)), shape: tensor.shape };
}

export function toIntegers(tensor: VectorTensor): number[] {
  if (tensor.dtype !== "int64")
    throw new Error(`${tensor.name} is ${tensor.dtype}, expected int64`);
  return tensor.data.map(Number);
}

const toleranceOf: Partial<Record<VectorDType, number>> = {
  float64: 1e-12,
  float32: 1e-5,
  float16: 2e-3,
  bfloat16: 2e-2,
};

/** The least precise of the floating-point inputs decides. */
function familyTolerance(vector: VectorCase): number {
  return Math.max(...vector.inputs.map(({ dtype }) => toleranceOf[dtype] ?? 0));
}

/**
 * Rows whose zeros come from the masking rule and so have to be exact. The log-sum-exp says which
 * ones where the case has it; elsewhere a row of nothing but zeros is one.
 */
function exactZeroRows(
  vector: VectorCase,
  output: VectorTensor,
  expected: readonly number[],
): boolean[] {
  const length = output.shape.at(-1) ?? 1;
  const rows = length === 0 ? 0 : expected.length / length;
  const lse = find(vector.outputs, "lse");
  if (output === lse) return new Array<boolean>(rows).fill(false);
  if (lse !== undefined && lse.data.length === rows) {
    return lse.data.map((value) => Number(value) === -Infinity);
  }
  return Array.from({ length: rows }, (_, row) =>
    expected.slice(row * length, (row + 1) * length).every((value) => value === 0),
  );
}

/** Compares every output; returns the worst error as a share of its tolerance, or throws. */
export function compareOutputs(vector: VectorCase, outputs: Outputs): number {
  if (vector.outputs.length === 0) throw new Error(`${vector.name}: nothing to compare`);
  let worst = 0;
  for (const output of vector.outputs) {
    const got = outputs[output.name];
    const where = `${vector.family}/${vector.name} ${output.name}`;
    if (got === undefined) throw new Error(`${where}: the adapter returned no such output`);
    if (got.shape.join() !== output.shape.join() || got.data.length !== output.data.length) {
      throw new Error(`${where}: shape [${got.shape}], expected [${output.shape}]`);
    }
    const expected = output.data.map(Number);
    const zeroRows = exactZeroRows(vector, output, expected);
    const length = output.shape.at(-1) ?? 1;
    const finite = expected.filter(Number.isFinite).map(Math.abs);
    const largest = finite.reduce((a, b) => Math.max(a, b), 0);
    const bound =
      output.name === "lse" ? (vector.tolerance?.lse ?? vector.tolerance) : vector.tolerance;
    for (let i = 0; i < expected.length; i++) {
      const exact = !Number.isFinite(expected[i]) || zeroRows[Math.floor(i / length)];
      const tolerance = exact
        ? 0
        : bound
          ? bound.abs + bound.rel * Math.abs(expected[i])
          : familyTolerance(vector) * Math.max(Math.abs(expected[i]), largest);
      const ratio = errorRatio(got.data[i], expected[i], tolerance);
      if (!(ratio <= 1)) {
        throw new Error(
          `${where}[${i}]: got ${got.data[i]}, expected ${expected[i]}` +
            ` (error / tolerance = ${ratio}, tolerance ${tolerance})`,
        );
      }
      worst = Math.max(worst, ratio);
    }
  }
  return worst;
}

function errorRatio(got: number, expected: number, tolerance: number): number {
  if (Number.isNaN(expected)) return Number.isNaN(got) ? 0 : Infinity;
  if (got === expected) return 0;
  if (!Number.isFinite(expected)) return Infinity;
  return Math.abs(got - expected) / tolerance;
}
