/** What a function is known to break, and in which versions that was found. */
export interface Known {
  readonly versions: Readonly<Record<string, string>>;
  /** Ids of laws, and what a user gets. */
  readonly broken: Readonly<Record<string, string>>;
}

const fillLeak =
  "A score of −10⁹ is low, but it is a score: where everything that is allowed scores lower still, the " +
  "output is made of what is masked. Trained models stay far from that.";
const emptyRow =
  "A sequence that is padding throughout, or a row that a mask leaves empty, gets the mean of all blocked " +
  "values: a finite number that looks like any other, and no NaN that would tell.";

const nothing: Known = { versions: {}, broken: {} };
const tfjs: Known = {
  versions: { "@tensorflow/tfjs": "4.22.0", "@tensorflow/tfjs-backend-wasm": "4.22.0" },
  broken: { "fill-leak": fillLeak, "empty-row": emptyRow },
};
const onnxruntime = (name: string): Known => ({ versions: { [name]: "1.30.0" }, broken: {} });

const known: Readonly<Record<string, Known>> = {
  "ort-web bool": onnxruntime("onnxruntime-web"),
  "ort-web float": onnxruntime("onnxruntime-web"),
  "ort-node bool": onnxruntime("onnxruntime-node"),
  "ort-node float": onnxruntime("onnxruntime-node"),
  "tfjs cpu": tfjs,
  "tfjs wasm": tfjs,
  "jax-js": { versions: { "@jax-js/jax": "0.1.25" }, broken: {} },
};

/** Nothing, for a function that is not in the table. */
export function knownOf(name: string): Known {
  return known[name] ?? nothing;
}
