export { attendStored, attendWasm, sharedRows } from "./attendWasm.js";
export { planLayout } from "./layout.js";
export type { Chunk, KeyStore } from "./store.js";
