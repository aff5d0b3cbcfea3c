import { tensor, type Tensor } from "qkv/core";
import type { Vocabulary } from "../../../examples/universal-sentence-encoder/tokenizer.js";
import { fromHalf, toHalf } from "./half.js";
import { walkParts, type PageModel, type Store } from "./parts.js";

// The file: the length of the header in 4 bytes, the header as JSON, then the parts one behind the other,
// each at a multiple of 4 bytes. Little-endian, as the typed arrays of every browser are.

interface Part {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly type: "float16" | "float32";
}

interface Header {
  readonly vocabulary: Vocabulary;
  readonly parts: readonly Part[];
}

const upTo4 = (n: number): number => Math.ceil(n / 4) * 4;

/** Writes the page's copy of a model. */
export function writeModelFile(model: PageModel): Uint8Array {
  const parts: Part[] = [];
  const chunks: Uint8Array[] = [];
  let offset = 0;
  const push = (chunk: ArrayBufferView): void => {
    const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const padded = new Uint8Array(upTo4(bytes.length));
    padded.set(bytes);
    chunks.push(padded);
    offset += padded.length;
  };
  walkParts(
    {
      matrix(name, get) {
        parts.push({ name, shape: get().shape, offset, type: "float16" });
        push(toHalf(get().data));
        return get();
      },
      vector(name, get) {
        parts.push({ name, shape: get().shape, offset, type: "float32" });
        push(get().data.slice());
        return get();
      },
    },
    model,
  );
  const header: Header = { vocabulary: model.vocabulary, parts };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = 4 + upTo4(json.length);
  const file = new Uint8Array(start + offset);
  new DataView(file.buffer).setUint32(0, json.length, true);
  file.set(json, 4);
  let at = start;
  for (const chunk of chunks) {
    file.set(chunk, at);
    at += chunk.length;
  }
  return file;
}

/** @throws Error for a file that is no model, or not all of one. */
export function readModelFile(file: ArrayBuffer): PageModel {
  const { vocabulary, parts, start } = readHeader(file);
  const byName = new Map(parts.map((part) => [part.name, part]));
  const find = (name: string): Part => {
    const part = byName.get(name);
    if (part === undefined) throw new Error(`the model has no part ${name}`);
    return part;
  };
  const read = (name: string): Tensor<Float32Array> => {
    const { shape, offset, type } = find(name);
    const length = shape.reduce((count, size) => count * size, 1);
    const bytes = length * (type === "float16" ? 2 : 4);
    if (start + offset + bytes > file.byteLength) throw new Error("the model file is cut short");
    const at = start + offset;
    const data =
      type === "float16"
        ? fromHalf(new Uint16Array(file, at, length))
        : new Float32Array(file, at, length);
    return tensor(data, { shape });
  };
  const store: Store = { matrix: read, vector: read };
  return { vocabulary, ...walkParts(store) };
}

function readHeader(file: ArrayBuffer): Header & { start: number } {
  try {
    const length = new DataView(file).getUint32(0, true);
    const text = new TextDecoder().decode(new Uint8Array(file, 4, length));
    return { ...(JSON.parse(text) as Header), start: 4 + upTo4(length) };
  } catch (cause) {
    throw new Error("this is no model file", { cause });
  }
}
