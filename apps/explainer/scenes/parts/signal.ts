/** How many sines the model adds, and as many cosines: half of the 256 numbers of a piece each. */
const half = 128;

/**
 * The timing signal of a position: sines of it, then cosines, slower and slower from one wave in 2π positions to one
 * in 10000 times as many. Of both the faster half is shown, every few of them: the others hardly change in a sentence.
 */
export function signalOf(position: number, count: number): number[] {
  const each = count / 2;
  const waves = Array.from({ length: each }, (_, n) => Math.floor((n * half) / 2 / each));
  const angles = waves.map((wave) => position * frequency(wave));
  return [...angles.map(Math.sin), ...angles.map(Math.cos)];
}

/** In radians per position. */
export const frequency = (wave: number): number => Math.exp((-wave * Math.log(10000)) / (half - 1));
