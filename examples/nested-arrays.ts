// Attention over nested arrays: the quickest way to try something out.
//
//   npx tsx examples/nested-arrays.ts
import { attention, attentionWithWeights, format, toNested } from "qkv";

// Three words with two features each. Every word asks (query), is found (key) and answers (value).
const words = ["the", "river", "bank"];
const query = [
  [0, 0],
  [1, 2],
  [2, 1],
];
const key = [
  [1, 0],
  [0, 2],
  [2, 2],
];
const value = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

// 1. The output: a mean of the values for each word. These values are one-hot, so that the output
//    shows the weights themselves.
console.log(format(attention(query, key, value)));
// → float32 [3, 3]
// →  0.3333 0.3333 0.3333
// →  0.0229 0.1911 0.7860
// →  0.0529 0.0529 0.8943

// 2. The weights, as nested arrays again.
const { weights } = attentionWithWeights(query, key, value, { causal: true });
for (const [i, row] of toNested<2>(weights).entries()) {
  const shares = row.map((weight, j) => `${words[j]} ${Math.round(100 * weight)} %`);
  console.log(`${words[i]}: ${shares.slice(0, i + 1).join(", ")}`);
}
// → the: the 100 %
// → river: the 11 %, river 89 %
// → bank: the 5 %, river 5 %, bank 89 %

// 3. A mask of booleans: true = may attend. Here "bank" must not look at itself.
const allow = words.map((asking) => words.map((asked) => asking !== "bank" || asked !== "bank"));
console.log(format(attention(query, key, value, { allow }), { digits: 2 }));
// → float32 [3, 3]
// →  0.33 0.33 0.33
// →  0.02 0.19 0.79
// →  0.50 0.50 0.00

// 4. Two heads at once: one more level of nesting, [H, L, D].
const heads = [query, query.map(([a, b]) => [b, a])];
console.log(attention(heads, [key, key], [value, value]).shape);
// → [ 2, 3, 3 ]
