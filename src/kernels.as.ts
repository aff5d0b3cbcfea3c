// Every kernel of the WebAssembly module; `npm run kernels` compiles it into engine/kernels.ts. A name that ends
// in 32 or 64 is the kernel of that precision.
export {
  block32,
  block64,
  packGroupColumns32,
  packGroupColumns64,
  packGroups32,
  packGroups64,
  packPanelColumns32,
  packPanelColumns64,
  packPanels32,
  packPanels64,
  product32,
  product64,
  unpackRows32,
  unpackRows64,
} from "./matmul/simd.as";
export {
  mergeStates32,
  mergeStates64,
  reduceRows32,
  reduceRows64,
  softmaxRows32,
  softmaxRows64,
  weigh32,
  weigh64,
  weighRows32,
  weighRows64,
} from "./softmax/simd.as";
export {
  addTile32,
  addTile64,
  attendTiles32,
  attendTiles64,
  capTile32,
  capTile64,
  checkTile32,
  checkTile64,
  finishRows32,
  finishRows64,
  groupEnds,
  maskTile32,
  maskTile64,
  mergeTile32,
  mergeTile64,
  scoreRow32,
  scoreRow64,
  scoreTile32,
  scoreTile64,
  valueBlock32,
  valueBlock64,
  valueRow32,
  valueRow64,
} from "./attention/simd.as";

/** The first byte that the kernels leave to their caller. */
export function freeMemory(): usize {
  return (__heap_base + 63) & ~63;
}
