import type { Law } from "../law.js";
import type { LawInfo } from "../types.js";
import { independenceLaws } from "./independenceLaws.js";
import { leakLaws } from "./leakLaws.js";
import { maskLaws } from "./maskLaws.js";
import { resultLaws } from "./resultLaws.js";
import { ruleLaws } from "./ruleLaws.js";
import { scoreLaws } from "./scoreLaws.js";
import { valueLaws } from "./valueLaws.js";
import { weightLaws } from "./weightLaws.js";

/** Every law, in the order in which they are checked. */
export const allLaws: readonly Law[] = [
  ...resultLaws,
  ...scoreLaws,
  ...ruleLaws,
  ...maskLaws,
  ...leakLaws,
  ...weightLaws,
  ...valueLaws,
  ...independenceLaws,
];

/**
 * Every law that `checkAttention` knows, in the order in which they are checked: `id` for `only` and `skip`, the
 * law in words, and as an equation. ε is the error certificate, see `errorCertificate`.
 */
export const laws: readonly LawInfo[] = allLaws.map(({ id, name, equation }) => ({
  id,
  name,
  equation,
}));
