/**
 * The one generator of the project: for the laws, the golden problems, the tests and the bench. It is
 * SplitMix with 32 bits (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014): a
 * counter in steps of 2³²/φ, whose bits are then mixed. The multipliers are those of the search for
 * low-bias 32-bit hashes at https://github.com/skeeto/hash-prospector. Integers, sums and products only:
 * the same numbers on every engine. The golden hashes hang on each of its bits.
 */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 32 random bits, as an integer from 0 to 2³² − 1. */
  bits(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let z = this.#state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  }

  /** Uniform in [0, 1), 32 bits. */
  next(): number {
    return this.bits() / 4294967296; // 2³²
  }

  /** An integer in [low, high]. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.integer(0, list.length - 1)];
  }

  /** Close to normal with variance 1: twelve uniforms. */
  normal(): number {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += this.next();
    return sum;
  }

  /** 0 … length − 1 in random order. */
  permutation(length: number): number[] {
    const order = Array.from({ length }, (_, i) => i);
    for (let i = length - 1; i > 0; i--) {
      const j = this.integer(0, i);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }
}
