import { encodeModule, opcode, simd, valueType } from "./encodeWasm.js";

const instructions = {
  float32: { type: valueType.f32, splat: 0x13, extractLane: 0x1f, add: 0xe4, mul: 0xe6 },
  float64: { type: valueType.f64, splat: 0x14, extractLane: 0x21, add: 0xf0, mul: 0xf2 },
} as const;

/**
 * Independent chains hide the latency of a multiplication and an addition; with the two operands
 * they fill 14 of the 15 SIMD registers that V8 can use.
 */
export const accumulators = 12;

/**
 * A module with `run(count, x, y)`: `count` times `a = a·x + y` in twelve 128-bit accumulators.
 * Nothing can be hoisted or shared, because every chain starts elsewhere.
 */
export function simdModule(dtype: "float32" | "float64"): Uint8Array<ArrayBuffer> {
  const { type, splat, extractLane, add, mul } = instructions[dtype];
  const { localGet, localSet, localTee } = opcode;
  const [count, x, y] = [0, 1, 2];
  const [vectorX, vectorY, first] = [3, 4, 5];
  const chains = Array.from({ length: accumulators }, (_, i) => first + i);
  const body = [
    ...[localGet, x, ...simd(splat), localSet, vectorX],
    ...[localGet, y, ...simd(splat), localSet, vectorY],
    // Chain i starts from i times y.
    ...chains.flatMap((chain, i) =>
      i === 0
        ? [localGet, vectorY, localSet, chain]
        : [localGet, chain - 1, localGet, vectorY, ...simd(add), localSet, chain],
    ),
    ...[opcode.loop, 0x40],
    ...chains.flatMap((chain) => [
      ...[localGet, chain, localGet, vectorX, ...simd(mul)],
      ...[localGet, vectorY, ...simd(add), localSet, chain],
    ]),
    ...[localGet, count, opcode.i32Const, 1, opcode.i32Sub, localTee, count],
    ...[opcode.brIf, 0, opcode.end],
    // The sum of all chains depends on each of them.
    ...[localGet, first],
    ...chains.slice(1).flatMap((chain) => [localGet, chain, ...simd(add)]),
    ...[...simd(extractLane), 0],
  ];
  const locals = Array.from({ length: 2 + accumulators }, () => valueType.v128);
  return encodeModule({
    name: "run",
    parameters: [valueType.i32, type, type],
    result: type,
    locals,
    body,
  });
}
