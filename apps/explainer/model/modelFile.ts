import { fromFloat16, tensor, type Tensor } from "qkv/core";
import type {
  AttentionPart,
  Embedding,
  Layer,
} from "../../../examples/universal-sentence-encoder/architecture.js";
import type { Vocabulary } from "../../../examples/universal-sentence-encoder/tokenizer.js";
import { toFloat16 } from "./toFloat16.js";

// The file: a mark, the length of the header, the header, then the numbers of the tensors one behind the
// other. The header is the model as JSON, each tensor in it as `Stored`. Each part begins at a multiple of
// 4 bytes; little-endian, as the typed arrays of every browser are.

/** What the page needs of the model: everything up to the end of the second layer's attention. */
export interface PageModel {
  readonly vocabulary: Vocabulary;
  readonly embedding: Embedding;
  readonly first: Layer;
  readonly last: AttentionPart;
}

interface Stored {
  readonly stored: "float16" | "float32";
  readonly shape: readonly number[];
  /** In bytes, after the header. */
  readonly offset: number;
}

/** "qkv" and the version of the format. */
const mark = 0x02766b71;
const headerAt = 8;
const upTo4 = (n: number): number => Math.ceil(n / 4) * 4;

/** Writes the page's copy of a model: matrices in float16, what is small as it is. */
export function writeModelFile(model: PageModel): Uint8Array {
  const numbers: { readonly offset: number; readonly bytes: Uint8Array }[] = [];
  let size = 0;
  const store = ({ data, shape }: Tensor<Float32Array>): Stored => {
    const matrix = shape.length > 1;
    const { buffer, byteOffset, byteLength } = matrix ? toFloat16(data) : data;
    const offset = size;
    numbers.push({ offset, bytes: new Uint8Array(buffer, byteOffset, byteLength) });
    size += upTo4(byteLength);
    return { stored: matrix ? "float16" : "float32", shape, offset };
  };
  const isTensor = (it: unknown): it is Tensor<Float32Array> =>
    (it as Partial<Tensor> | null)?.data instanceof Float32Array;
  const header = JSON.stringify(model, (_, it: unknown) => (isTensor(it) ? store(it) : it));
  const json = new TextEncoder().encode(header);
  const start = headerAt + upTo4(json.length);
  const file = new Uint8Array(start + size);
  new Uint32Array(file.buffer, 0, 2).set([mark, json.length]);
  file.set(json, headerAt);
  for (const { offset, bytes } of numbers) file.set(bytes, start + offset);
  return file;
}

/** @throws Error for a file that is no model, or not all of one. */
export function readModelFile(file: ArrayBuffer): PageModel {
  const [found, length] = new Uint32Array(file, 0, Math.min(2, file.byteLength >> 2));
  if (found !== mark) throw new Error("this is no model file");
  const check = (end: number): void => {
    if (!(end <= file.byteLength)) throw new Error("the model file is cut short");
  };
  const start = headerAt + upTo4(length);
  check(start);
  const load = ({ stored, shape, offset }: Stored): Tensor<Float32Array> => {
    const [at, count] = [start + offset, shape.reduce((product, size) => product * size, 1)];
    check(at + count * (stored === "float16" ? 2 : 4));
    const data =
      stored === "float16"
        ? fromFloat16(new Uint16Array(file, at, count))
        : new Float32Array(file, at, count);
    return tensor(data, { shape });
  };
  const isStored = (it: unknown): it is Stored =>
    (it as Partial<Stored> | null)?.stored !== undefined;
  const json = new TextDecoder().decode(new Uint8Array(file, headerAt, length));
  return JSON.parse(json, (_, it: unknown) => (isStored(it) ? load(it) : it)) as PageModel;
}
