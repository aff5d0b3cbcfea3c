import type { MakeLibrary } from "../library.js";
import type { Precision } from "../tensors.js";
import type { CaseSpec } from "../types.js";
import type { AttentionShape, AttentionWork } from "../work.js";
import { plainAttention } from "./baselines.js";
import { attentionCase } from "./attentionCase.js";
import { qkvAttention } from "./qkv.js";

interface Work extends Omit<AttentionShape, "dtype"> {
  name: string;
  dtypes?: Precision[];
  weights?: boolean;
  /** Compare with a plain loop without tiles. */
  baseline?: boolean;
  quick?: boolean;
  headline?: boolean;
}

const both: Precision[] = ["float32", "float64"];
const tiny = { queries: 5, size: 64, quick: true };
const window = { causal: true, left: 127 };

// prettier-ignore
const work: Work[] = [
  { name: "5×64 (tiny)", ...tiny, dtypes: both, baseline: true, headline: true },
  { name: "5×64 causal", ...tiny, causal: true },
  { name: "5×64 with weights", ...tiny, weights: true },
  { name: "128×64", queries: 128, size: 64, quick: true, dtypes: both, baseline: true },
  { name: "512×64", queries: 512, size: 64, quick: true, dtypes: both, baseline: true },
  { name: "1024×64", queries: 1024, size: 64, dtypes: both, baseline: true, headline: true },
  { name: "128×128", queries: 128, size: 128, quick: true },
  { name: "512×128", queries: 512, size: 128 },
  { name: "1024×128", queries: 1024, size: 128, dtypes: both, headline: true },
  { name: "512×64 causal", queries: 512, size: 64, quick: true, causal: true },
  { name: "1024×64 causal", queries: 1024, size: 64, causal: true, headline: true },
  { name: "1024×128 causal", queries: 1024, size: 128, causal: true },
  // Time has to grow with the length, not with its square.
  { name: "512×64 causal, window 128", queries: 512, size: 64, quick: true, ...window },
  { name: "2048×64 causal, window 128", queries: 2048, size: 64, ...window, headline: true },
  { name: "512×64 random mask", queries: 512, size: 64, mask: true },
  { name: "512×64 softcap", queries: 512, size: 64, softcap: 20 },
  { name: "512×64 with weights", queries: 512, size: 64, weights: true, quick: true },
  { name: "1024×64 with weights", queries: 1024, size: 64, weights: true, headline: true },
  { name: "8 heads 128×64", heads: 8, queries: 128, size: 64, quick: true },
  { name: "8 heads 128×64, BLHD", heads: 8, queries: 128, size: 64, layout: "BLHD" },
  { name: "8 heads over 2, 128×64 (grouped)", heads: 8, kvHeads: 2, queries: 128, size: 64 },
  { name: "decode 8 heads 1×4096×64", heads: 8, queries: 1, keys: 4096, size: 64, dtypes: both, quick: true, headline: true },
  { name: "decode 8 heads over 2, 1×4096×64", heads: 8, kvHeads: 2, queries: 1, keys: 4096, size: 64 },
];

/** Attention of one call after another, as `npm run bench` measures it. */
export function attentionCases(make: MakeLibrary): CaseSpec[] {
  return work.flatMap(({ name, dtypes = ["float32"], weights, baseline, ...rest }) =>
    dtypes.map((dtype) => {
      const { quick, headline, ...shape } = rest;
      const entrants = (work: AttentionWork) => [
        qkvAttention(make, work, weights),
        ...(baseline ? [plainAttention(work)] : []),
      ];
      const spec = { group: "attention", name, quick, headline, weights };
      return attentionCase({ ...spec, shape: { ...shape, dtype }, entrants });
    }),
  );
}
