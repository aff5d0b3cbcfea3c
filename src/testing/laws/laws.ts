import type { Law } from "../law.js";
import { leakLaws } from "./leakLaws.js";

/** Every law, in the order in which they are checked. */
export const allLaws: readonly Law[] = [...leakLaws];
