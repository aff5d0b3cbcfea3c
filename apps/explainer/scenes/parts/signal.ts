/** How many sines and cosines the model adds: half of the 256 numbers of a piece. */
const half = 128;

/**
 * The timing signal of a position: sines of it, slower and slower from one wave in 2π positions to one in 10000 times
 * as many. Shown are every few of them.
 */
export function signalOf(position: number, count: number): number[] {
  return Array.from({ length: count }, (_, n) => {
    const wave = Math.floor((n * half) / count / 2);
    return Math.sin(position * frequency(wave));
  });
}

/** In radians per position. */
export const frequency = (wave: number): number => Math.exp((-wave * Math.log(10000)) / (half - 1));
