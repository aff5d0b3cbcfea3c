import { encodeModule, opcode, simd, unsigned, valueType } from "./encodeWasm.js";

const instruction = { load: 0x00, xor: 0x51, extractLane32: 0x1b } as const;

/** Loads of one turn of the loop, each into an accumulator of its own. */
const loads = 8;

/** Bytes that one turn of the loop reads. */
export const stepBytes = 16 * loads;

/**
 * A module with `run(pointer, steps)`: reads `steps · stepBytes` bytes of its imported memory with
 * 128-bit loads and combines them by exclusive or, the least that makes every load needed.
 */
export function readModule(): Uint8Array<ArrayBuffer> {
  const { localGet, localSet, localTee } = opcode;
  const [pointer, steps, first] = [0, 1, 2];
  const accumulators = Array.from({ length: loads }, (_, i) => first + i);
  const body = [
    ...[opcode.loop, 0x40],
    ...accumulators.flatMap((accumulator, i) => [
      ...[localGet, accumulator, localGet, pointer],
      // Aligned to 2⁴ bytes, at a constant offset.
      ...[...simd(instruction.load), 4, ...unsigned(16 * i)],
      ...[...simd(instruction.xor), localSet, accumulator],
    ]),
    ...[localGet, pointer, opcode.i32Const, ...signed(stepBytes), opcode.i32Add],
    ...[localSet, pointer],
    ...[localGet, steps, opcode.i32Const, 1, opcode.i32Sub, localTee, steps],
    ...[opcode.brIf, 0, opcode.end],
    ...[localGet, first],
    ...accumulators.slice(1).flatMap((one) => [localGet, one, ...simd(instruction.xor)]),
    ...[...simd(instruction.extractLane32), 0],
  ];
  return encodeModule({
    name: "run",
    parameters: [valueType.i32, valueType.i32],
    result: valueType.i32,
    locals: accumulators.map(() => valueType.v128),
    body,
    importsMemory: true,
  });
}

/** A small positive integer in signed LEB128: bit 6 of the last byte is the sign. */
function signed(n: number): number[] {
  return n < 64 ? [n] : [(n % 128) | 128, ...signed(Math.floor(n / 128))];
}
