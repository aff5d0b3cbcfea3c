import type { PeersReport } from "./report.js";
export function fillPages(_reports: readonly PeersReport[]): void {}
