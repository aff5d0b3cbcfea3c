/** Seeded numbers near a normal distribution of variance 1: the same ones in every run. */
export function normals(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 4294967296;
  };
  // Four uniforms have variance 1/3.
  return () => (uniform() + uniform() + uniform() + uniform() - 2) * Math.sqrt(3);
}
