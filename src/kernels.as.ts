// Every kernel of the WebAssembly modules. `npm run kernels` compiles this file twice into engine/kernels.ts,
// with `real` as f32 and as f64.
export {
  block,
  packGroupColumns,
  packGroups,
  packPanelColumns,
  packPanels,
  product,
  unpackRows,
} from "./matmul/simd.as";
export { mergeStates, reduceRows, softmaxRows, weigh, weighRows } from "./softmax/simd.as";
export {
  addTile,
  attendTiles,
  capTile,
  checkTile,
  finishRows,
  groupEnds,
  maskTile,
  mergeTile,
  scoreRow,
  scoreTile,
  valueBlock,
  valueRow,
} from "./attention/simd.as";

/** The first byte that the kernels leave to their caller. */
export function freeMemory(): usize {
  return (__heap_base + 63) & ~63;
}
