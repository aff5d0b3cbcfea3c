import { accuracyLaws } from "./accuracyLaws.js";
import { blindnessLaws } from "./blindnessLaws.js";
import { independenceLaws } from "./independenceLaws.js";
import type { Law } from "./law.js";
import { outputLaws } from "./outputLaws.js";
import { ruleLaws } from "./ruleLaws.js";
import { weightLaws } from "./weightLaws.js";

export type { AttentionLike, Law } from "./law.js";

/** What holds for every attention problem. Each law can be asked of any library of this shape. */
export const laws: readonly Law[] = [
  // To the last bit.
  ...independenceLaws,
  ...blindnessLaws,
  ...ruleLaws,
  // Within a bound.
  ...weightLaws,
  ...outputLaws,
  ...accuracyLaws,
];
