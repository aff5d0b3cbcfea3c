export { chooseEngine, sharedEngines, type Engine } from "./choose.js";
export { copyRows } from "./copyRows.js";
export type { Kernels } from "./kernelTypes.js";
export { releaseScratch, withWorkspace, Workspace } from "./wasm.js";
