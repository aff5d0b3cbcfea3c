import type { Way } from "../types.js";
import type { AttentionWork, MatmulWork } from "../work.js";

/** A library to compare with. */
export interface Peer {
  name: string;
  version: string;
  attention?: (work: AttentionWork) => Way[];
  /** No way for a precision that it does not have. */
  matmul?: (work: MatmulWork) => Way[];
}
