/** The few parts of the WebAssembly binary format that one exported function needs. */
export const opcode = {
  loop: 0x03,
  end: 0x0b,
  brIf: 0x0d,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  i32Const: 0x41,
  i32Add: 0x6a,
  i32Sub: 0x6b,
  simd: 0xfd,
} as const;

export const valueType = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;

export interface WasmFunction {
  name: string;
  parameters: readonly number[];
  result: number;
  /** Types of the locals behind the parameters. */
  locals: readonly number[];
  /** Instructions, without the closing `end`. */
  body: readonly number[];
  /** Works on a memory that it is given as `env.memory`. */
  importsMemory?: boolean;
}

/** An unsigned integer in LEB128: seven bits a byte, the lowest first, the high bit means "more". */
export function unsigned(n: number): number[] {
  return n < 128 ? [n] : [(n % 128) | 128, ...unsigned(Math.floor(n / 128))];
}

/** A SIMD instruction: the prefix, then its number. */
export function simd(instruction: number): number[] {
  return [opcode.simd, ...unsigned(instruction)];
}

/** The bytes of a module that exports one function. */
export function encodeModule(fn: WasmFunction): Uint8Array<ArrayBuffer> {
  const bytes = (list: readonly number[]) => [...unsigned(list.length), ...list];
  const vector = (items: readonly number[][]) => [...unsigned(items.length), ...items.flat()];
  const section = (id: number, content: readonly number[]) => [id, ...bytes(content)];
  // At least 0 pages, no upper limit.
  const memory = [...bytes(ascii("env")), ...bytes(ascii("memory")), 0x02, 0x00, 0];
  const code = [...vector(fn.locals.map((type) => [1, type])), ...fn.body, opcode.end];
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // "\0asm", version 1
    ...section(1, vector([[0x60, ...bytes(fn.parameters), ...bytes([fn.result])]])), // types
    ...(fn.importsMemory ? section(2, vector([memory])) : []), // imports
    ...section(3, vector([[0]])), // function 0 has type 0
    ...section(7, vector([[...bytes(ascii(fn.name)), 0x00, 0]])), // exports function 0
    ...section(10, vector([bytes(code)])), // code
  ]);
}

function ascii(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}
