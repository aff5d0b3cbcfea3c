import { inflateSync } from "node:zlib";

/** The pixels of a PNG of 8 bits with red, green, blue and alpha, which is what the build writes. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  at(x: number, y: number): readonly number[];
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export function readPng(file: Uint8Array): Pixels {
  const bytes = Buffer.from(file);
  if (signature.some((byte, i) => bytes[i] !== byte)) throw new Error("this is no PNG");
  let [width, height] = [0, 0];
  const parts: Buffer[] = [];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const kind = bytes.toString("latin1", at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (kind === "IHDR") {
      [width, height] = [data.readUInt32BE(0), data.readUInt32BE(4)];
      if (data[8] !== 8 || data[9] !== 6 || data[12] !== 0) throw new Error("not RGBA of 8 bits");
    }
    if (kind === "IDAT") parts.push(data);
    at += 12 + length;
  }
  const pixels = unfiltered(inflateSync(Buffer.concat(parts)), 4 * width, height);
  return {
    width,
    height,
    at: (x, y) => [...pixels.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)],
  };
}

/** PNG, section 9: each row is the difference to what its filter predicts. */
function unfiltered(raw: Uint8Array, stride: number, height: number): Uint8Array {
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const left = x < 4 ? 0 : out[y * stride + x - 4];
      const up = y === 0 ? 0 : out[(y - 1) * stride + x];
      const corner = x < 4 || y === 0 ? 0 : out[(y - 1) * stride + x - 4];
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      out[y * stride + x] = raw[y * (stride + 1) + 1 + x] + predicted;
    }
  }
  return out;
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [up - corner, left - corner, left + up - 2 * corner].map(Math.abs);
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
