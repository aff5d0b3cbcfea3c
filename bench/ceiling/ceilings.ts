import type { Precision } from "../tensors.js";
import { multiplyAdd32, multiplyAdd64 } from "./scalar.js";
import { accumulators, simdModule } from "./simdModule.js";

/** A peak of multiply-adds on this machine, measured beside everything else. */
export interface Ceiling {
  /** `portable`: plain JavaScript. `machine`: baseline WebAssembly SIMD, 128 bits, no fused operations. */
  kind: "portable" | "machine";
  dtype: Precision;
  note: string;
  /** Floating-point operations of one call. */
  flops: number;
  run: () => number;
}

// Long enough to outweigh the call, short enough that WebAssembly changes to optimized code: a
// running call cannot be replaced.
const scalarCount = 10_000;
const simdCount = 20_000;
// a·x + y tends to y / (1 − x) = 1: neither overflow nor subnormal numbers.
const [x, y] = [1 - 2 ** -10, 2 ** -10];

/** Portable ceilings, and machine ceilings where the engine has SIMD. */
export function ceilings(): Ceiling[] {
  const all: Ceiling[] = [];
  for (const dtype of ["float32", "float64"] as const) {
    const scalar = dtype === "float32" ? multiplyAdd32 : multiplyAdd64;
    all.push({
      kind: "portable",
      dtype,
      note: dtype === "float32" ? "JavaScript, Math.fround after each operation" : "JavaScript",
      flops: 2 * accumulators * scalarCount,
      run: () => scalar(scalarCount, x, y),
    });
    const simd = instantiate(dtype);
    if (simd === undefined) continue;
    all.push({
      kind: "machine",
      dtype,
      note: `WebAssembly ${dtype === "float32" ? "f32x4" : "f64x2"} mul + add`,
      flops: 2 * accumulators * simdCount * (dtype === "float32" ? 4 : 2),
      run: () => simd(simdCount, x, y),
    });
  }
  return all;
}

type Run = (count: number, x: number, y: number) => number;

/** The part of WebAssembly's interface that is used; TypeScript has it only with the types of the DOM. */
interface Wasm {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: Record<string, unknown> };
}

/** Undefined where the engine has no SIMD. Also checked to compute what it should. */
function instantiate(dtype: Precision): Run | undefined {
  const wasm = (globalThis as { WebAssembly?: Wasm }).WebAssembly;
  const bytes = simdModule(dtype);
  if (!wasm?.validate(bytes)) return undefined;
  const run = new wasm.Instance(new wasm.Module(bytes)).exports.run as Run;
  // Chain v becomes (v/2 + 2)/2 + 2 = v/4 + 3, and the chains start at 2, 4, … 24.
  const [got, expected] = [run(2, 0.5, 2), 156 / 4 + 12 * 3];
  if (got !== expected) throw new Error(`the SIMD ceiling computes ${got}, not ${expected}`);
  return run;
}
