/** What a function is known to break, and in which versions that was found. */
export interface Known {
  readonly versions: Readonly<Record<string, string>>;
  /** Ids of laws, and what a user gets. */
  readonly broken: Readonly<Record<string, string>>;
}

const nothing: Known = { versions: {}, broken: {} };

const tfjs: Known = {
  versions: { "@tensorflow/tfjs": "4.22.0", "@tensorflow/tfjs-backend-wasm": "4.22.0" },
  broken: {
    "fill-leak":
      "A score of −10⁹ is low, but it is a score: where everything that is allowed scores lower still, the " +
      "output is made of what is masked. Trained models stay far from that.",
    "empty-row":
      "A sequence that is padding throughout, or a row that a mask leaves empty, gets the mean of the blocked " +
      "values: a finite number that looks like any other, and no NaN that would tell.",
  },
};

/** The Attention operator breaks nothing. */
const operator = (name: string): Known => ({ versions: { [name]: "1.30.0" }, broken: {} });

const multiHead = (name: string): Known => ({
  versions: { [name]: "1.30.0" },
  broken: {
    "causal-alignment":
      "With fewer queries than keys, every query but the last stands at the key of its own number, and the last " +
      "sees all keys: neither of the two alignments. One query at a time decodes as it should, a few at once do not.",
    "fill-leak":
      "What is masked gets a score of −10⁴ (its mask_filter_value, by default): an allowed key that scores 10⁴ " +
      "below a blocked one loses against it. Its causal mask holds.",
    "empty-row":
      "A row that may attend nothing gets the output it would have without a mask, because −10⁴ on all of its " +
      "scores changes nothing: what is masked is read, silently.",
  },
});

const known: Readonly<Record<string, Known>> = {
  "ort-web bool": operator("onnxruntime-web"),
  "ort-web float": operator("onnxruntime-web"),
  "ort-web MHA": multiHead("onnxruntime-web"),
  "ort-node bool": operator("onnxruntime-node"),
  "ort-node float": operator("onnxruntime-node"),
  "ort-node MHA": multiHead("onnxruntime-node"),
  "tfjs cpu": tfjs,
  "tfjs wasm": tfjs,
  "jax-js": { versions: { "@jax-js/jax": "0.1.25" }, broken: {} },
};

/** Nothing, for a function that is not in the table. */
export function knownOf(name: string): Known {
  return known[name] ?? nothing;
}
