import { bitLaws } from "./bitLaws.js";
import { boundLaws } from "./boundLaws.js";
import type { Law } from "./law.js";

export type { AttentionLike, Law } from "./law.js";

/** What holds for every attention problem. Each law can be asked of any library of this shape. */
export const laws: readonly Law[] = [...bitLaws, ...boundLaws];
