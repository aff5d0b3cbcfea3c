// SHA-256 (FIPS 180-4), so that the same hashes come out of every runtime without a crypto module.

/** The first 32 fractional bits of a root of a prime, with integers alone. */
function fractionOfRoot(prime: bigint, degree: 2 | 3): number {
  const target = prime << (32n * BigInt(degree));
  const power = (x: bigint): bigint => (degree === 2 ? x * x : x * x * x);
  let root = 0n;
  for (let bit = 1n << 40n; bit > 0n; bit >>= 1n) {
    if (power(root + bit) <= target) root += bit;
  }
  return Number(root & 0xffffffffn) | 0;
}

const primes: bigint[] = [];
for (let n = 2n; primes.length < 64; n++) if (primes.every((p) => n % p !== 0n)) primes.push(n);
const roundConstants = Int32Array.from(primes, (p) => fractionOfRoot(p, 3));
const start = Int32Array.from(primes.slice(0, 8), (p) => fractionOfRoot(p, 2));

const rotate = (x: number, n: number): number => (x >>> n) | (x << (32 - n));

/** The hash of some bytes as 64 hexadecimal digits. */
export function sha256(bytes: Uint8Array): string {
  // The message, a bit that is 1, zeros, and the length in bits.
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(padded.length - 4, (bytes.length * 8) >>> 0);

  const state = start.slice();
  const w = new Int32Array(64);
  for (let block = 0; block < padded.length; block += 64) {
    for (let t = 0; t < 16; t++) w[t] = view.getInt32(block + 4 * t);
    for (let t = 16; t < 64; t++) {
      const x = w[t - 15];
      const y = w[t - 2];
      const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
      const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
      w[t] = w[t - 16] + s0 + w[t - 7] + s1;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let t = 0; t < 64; t++) {
      const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + roundConstants[t] + w[t]) | 0;
      const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] += word));
  }
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
