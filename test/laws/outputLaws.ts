import type { Law } from "./law.js";
import { shared } from "./shared.js";

export const outputLaws: readonly Law[] = [
  // The bound has to grow with S: 64 equal keys with the value 0.1 in float32, whose running sum is
  // rounded the same way again and again, are already 10 units off.
  shared(
    "range",
    "bound",
    "min v − ε ≤ output ≤ max v + ε, ε = (min(S, 64) + 4⌈S/64⌉ + 14)·2⁻²⁴·max|v| (float64: 2⁻⁵³); " +
      "with sinks the range includes 0",
  ),
  shared(
    "key-order",
    "bound",
    "|attention(q, P·k, P·v; mask·Pᵀ) − attention(q, k, v; mask)| ≤ " +
      "2·(min(S, 64) + 12⌈S/64⌉ + 2·ln S + 22)·2⁻²⁴·max|v| (float64: 2⁻⁵³)",
  ),
  shared(
    "deletion",
    "bound",
    "|attention(…; block j) − attention(… without j)| ≤ " +
      "2·(min(S, 64) + 12⌈S/64⌉ + 2·ln S + 22)·2⁻²⁴·max|v| (float64: 2⁻⁵³)",
  ),
  // The powers are the same three times, so that only sums and the combination itself round.
  shared(
    "linear",
    "bound",
    "|attention(q, k, αv₁ + βv₂) − α·attention(q, k, v₁) − β·attention(q, k, v₂)| ≤ " +
      "(min(S, 64) + 4⌈S/64⌉ + 14)·2⁻²⁴·(max|αv₁ + βv₂| + |α|·max|v₁| + |β|·max|v₂|) and " +
      "6·2⁻²⁴·(|α|·max|v₁| + |β|·max|v₂|) over all values (float64: 2⁻⁵³)",
  ),
];
