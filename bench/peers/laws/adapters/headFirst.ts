/** `[B,L,H,E]` seen as `[B,H,L,E]`. */
export function headFirst(data: Float32Array, shape: readonly number[]): object {
  const [, H, L, E] = shape;
  return { data, shape, stride: [H * L * E, E, H * E, 1], offset: 0 };
}
