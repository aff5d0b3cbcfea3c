import { line, text } from "./marks.js";
import { exactly, mostOf, numberTable, strongest, type Column } from "./numberTable.js";
import type { Mark } from "./types.js";

/** The products that a score is the sum of. */
export interface Products {
  readonly query: ArrayLike<number>;
  readonly key: ArrayLike<number>;
  readonly products: readonly number[];
  /** The dimensions that are shown, the strongest first. */
  readonly shown: readonly number[];
  /** What the others sum to. */
  readonly others: number;
  readonly sum: number;
}

export function productsOf(
  query: ArrayLike<number>,
  key: ArrayLike<number>,
  top: number,
): Products {
  const products = Array.from(query, (q, d) => q * key[d]);
  const shown = strongest(products, top);
  const sum = products.reduce((a, b) => a + b, 0);
  const others = sum - shown.reduce((total, d) => total + products[d], 0);
  return { query, key, products, shown, others, sum };
}

/** The strongest products in rows, then the others, and their sum. */
export function productRows(
  { query, key, products, shown, others, sum }: Products,
  top: number,
  width: number,
): { readonly marks: readonly Mark[]; readonly bottom: number } {
  const most = mostOf(query, key);
  const columns: readonly Column[] = [
    { head: "query", values: query, paint: () => "query", most },
    { head: "key", values: key, paint: () => "key", most, sign: "×" },
    {
      head: "product",
      values: products,
      paint: (x) => (x < 0 ? "negative" : "positive"),
      most: mostOf(products),
      sign: "=",
    },
  ];
  const table = numberTable("product", shown, columns, top, width);
  const { size, rowHeight, numberEnd } = table.layout;
  const rest = products.length - shown.length;
  const lines = [
    ...(rest > 0 ? [[`the other ${rest === 1 ? "one" : `${rest} together`}`, others, 400] as const] : []),
    ["q · k, the sum of all", sum, 600] as const,
  ]; // prettier-ignore
  const totals = lines.flatMap(([name, value, weight], n): Mark[] => {
    const y = table.bottom + 8 + (n + 0.5) * rowHeight;
    const style = { size, weight };
    return [
      text(`product-total-name-${n}`, 0, y, name, style),
      text(`product-total-${n}`, numberEnd, y, exactly(value), { ...style, anchor: "end" }),
    ];
  });
  const rule = table.bottom + 4;
  return {
    marks: [...table.marks, line("product-rule", [0, rule], [numberEnd, rule], "line"), ...totals],
    bottom: rule + 4 + lines.length * rowHeight,
  };
}

/** Which products make the sum what it is, and what pulls against it. */
export function productsCaption({ query, products, shown, others, sum }: Products): string {
  const [first] = shown;
  if (first === undefined || !(Math.abs(products[first]) > 0)) return "All products are 0.";
  const signs =
    products[first] < 0
      ? "query and key have opposite signs there"
      : `query and key are both ${query[first] < 0 ? "negative" : "positive"} there`;
  const against = shown.find((d) => products[d] * sum < 0);
  const rest = products.length - shown.length;
  return [
    `The strongest of ${products.length} products is that of dimension ${first} (${exactly(products[first])}): ${signs}.`,
    ...(against === undefined || against === first
      ? []
      : [`Dimension ${against} pulls most against the sum (${exactly(products[against])}).`]),
    ...(rest > 0
      ? [`The ${shown.length} strongest sum to ${exactly(sum - others)}, the other ${rest} to ${exactly(others)}.`]
      : []),
  ].join(" "); // prettier-ignore
}
