/** True if the WebAssembly kernels run here. */
export function isWasmAvailable(): boolean {
  return false;
}
