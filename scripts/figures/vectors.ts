import { marks, type Mark, type Paint, type Picture } from "qkv/views";
import { arrow, at, axes, coordinates, type Plane, type Point } from "./plane.js";

const { line, rect, text } = marks;

const width = 640;
const subtitle = "two keys, two numbers each";

/** A picture that is not of `qkv/explain`. */
function pictureOf(it: Pick<Picture, "height" | "title" | "caption" | "marks" | "table">): Picture {
  return { width, subtitle, badges: [], ...it };
}

const dashed = { "stroke-width": 1.5, "stroke-dasharray": "4 4" };

/** Query and keys as arrows, and what the query's product with each of them is. */
export function lookup(query: Point, keys: readonly Point[], products: readonly number[]): Picture {
  const plane: Plane = { origin: [36, 178], unit: 118 };
  const names = keys.map((key, n): Mark => {
    const [x, y] = at(plane, key);
    const flat = key[1] === 0;
    return text(
      `key-${n}-name`,
      x + (flat ? 10 : -6),
      y - (flat ? 16 : 18),
      `key ${n} ${coordinates(key)}`,
      { fill: "key", weight: 600 },
    );
  });
  // A key of length 1: the product is where the query's foot falls on the key's line.
  const feet = keys.map(([x, y], n) => {
    const foot: Point = [products[n] * x, products[n] * y];
    return line(`foot-${n}`, at(plane, query), at(plane, foot), "soft", dashed);
  });
  const [qx, qy] = at(plane, query);
  const [left, full] = [410, 92];
  const rows = products.flatMap((product, n) => {
    const y = 42 + n * 82;
    const terms = query.map((x, i) => `${x}·${keys[n][i]}`).join(" + ");
    return [
      text(`product-${n}-name`, left, y, "query · ", { fill: "query", weight: 600 }),
      text(`product-${n}-key`, left + 72, y, `key ${n}`, { fill: "key", weight: 600 }),
      text(`product-${n}-terms`, left + 128, y, `= ${terms}`, { fill: "soft" }),
      rect(`product-${n}`, { x: left, y: y + 14, width: product * full, height: 26 }, "weight", {
        rx: 3,
      }),
      text(`product-${n}-number`, left + product * full + 10, y + 27, String(product), {
        weight: 600,
      }),
    ];
  });
  return pictureOf({
    height: 206,
    title: "A query and two keys",
    table: () => ({
      columns: ["Key", "Numbers", "Product with the query"],
      rows: keys.map((key, n) => [`key ${n}`, coordinates(key), String(products[n])]),
    }),
    caption: `The query ${coordinates(query)} leans towards key 0: their product is ${products[0]}, that with key 1 is ${products[1]}.`,
    marks: [
      ...axes(plane, [2, 1], 1),
      ...feet,
      ...keys.map((key, n) => arrow(`key-${n}`, plane, key, "key")),
      arrow("query", plane, query, "query"),
      ...names,
      text("query-name", qx, qy - 18, `query ${coordinates(query)}`, {
        fill: "query",
        weight: 600,
        anchor: "middle",
      }),
      ...rows,
    ],
  });
}

/** From products to powers of e to shares, key by key. */
export function weights(products: readonly number[], shares: readonly number[]): Picture {
  const powers = products.map((product) => Math.exp(product));
  const sum = powers.reduce((a, b) => a + b, 0);
  const stages: {
    name: string;
    values: readonly number[];
    most: number;
    shown: (x: number) => string;
  }[] = [
    { name: "product", values: products, most: Math.max(...products), shown: String },
    { name: "e to it", values: powers, most: sum, shown: (x) => x.toFixed(2) },
    { name: "over the sum", values: shares, most: 1, shown: (x) => `${Math.round(100 * x)} %` },
  ];
  const [first, step, full] = [72, 192, 120];
  return pictureOf({
    height: 136,
    title: "From products to weights",
    table: () => ({
      columns: ["Key", ...stages.map(({ name }) => name)],
      rows: products.map((_, n) => [
        `key ${n}`,
        ...stages.map(({ values, shown }) => shown(values[n])),
      ]),
    }),
    caption: `The products ${products.join(" and ")} become ${powers.map((x) => x.toFixed(2)).join(" and ")}, and over their sum ${shares.map((x) => `${Math.round(100 * x)} %`).join(" and ")}.`,
    marks: [
      ...stages.map(({ name }, column) =>
        text(`stage-${column}`, first + column * step, 14, name, { fill: "soft", size: 14 }),
      ),
      ...products.flatMap((_, n) => {
        const y = 40 + n * 56;
        return [
          text(`key-${n}`, 0, y + 17, `key ${n}`, { fill: "key", weight: 600 }),
          ...stages.flatMap(({ values, most, shown }, column) => {
            const x = first + column * step;
            const long = (values[n] / most) * full;
            const box = { x, y, width: full, height: 34 };
            return [
              // Products are no parts of a whole.
              ...(column > 0
                ? [rect(`room-${column}-${n}`, box, "line", { rx: 3, opacity: 0.35 })]
                : []),
              rect(`bar-${column}-${n}`, { ...box, width: long }, "weight", { rx: 3 }),
              text(`number-${column}-${n}`, x + long + 8, y + 17, shown(values[n]), {
                weight: column === 2 ? 600 : 400,
              }),
            ];
          }),
        ];
      }),
    ],
  });
}

/** The values, each by its weight, and what they sum to. */
export function answer(
  values: readonly Point[],
  shares: readonly number[],
  output: Point,
): Picture {
  const plane: Plane = { origin: [36, 226], unit: 19.5 };
  const parts = values.map(([x, y], n): Point => [shares[n] * x, shares[n] * y]);
  const share = (n: number): string => shares[n].toFixed(2);
  const thin = values.map((value, n) =>
    line(`value-${n}`, at(plane, [0, 0]), at(plane, value), "value", {
      "stroke-width": 2,
      opacity: 0.45,
    }),
  );
  const ends = values.map((value, n) => {
    const [x, y] = at(plane, value);
    const flat = value[1] === 0;
    return text(
      `value-${n}-name`,
      x + (flat ? 20 : 14),
      y + (flat ? 0 : 4),
      `value ${n} ${coordinates(value)}`,
      { fill: "value" },
    );
  });
  const [left, row] = [396, 46];
  const terms: [string, string, Paint][] = [
    ...values.map((value, n): [string, string, Paint] => [
      `${share(n)} · ${coordinates(value)}`,
      `= ${coordinates(parts[n], 2)}`,
      "value",
    ]),
    ["answer", `= ${coordinates(output, 2)}`, "ink"],
  ];
  const [ox, oy] = at(plane, output);
  return pictureOf({
    height: 250,
    title: "The answer is the values, each by its weight",
    table: () => ({
      columns: ["", "Numbers", "Weighted"],
      rows: [
        ...values.map((value, n) => [`value ${n}`, coordinates(value), coordinates(parts[n], 2)]),
        ["answer", coordinates(output, 2), ""],
      ],
    }),
    caption: `${share(0)} of value 0 and ${share(1)} of value 1 sum to ${coordinates(output, 2)}.`,
    marks: [
      ...axes(plane, [10, 10], 5),
      ...thin,
      ...parts.map((part, n) =>
        line(`side-${n}`, at(plane, part), at(plane, output), "soft", dashed),
      ),
      ...parts.map((part, n) => arrow(`part-${n}`, plane, part, "value", 5)),
      arrow("answer", plane, output, "ink"),
      ...ends,
      text("answer-name", ox + 10, oy - 10, "answer", { weight: 600 }),
      ...terms.flatMap(([product, sum, fill], n) => {
        const y = 70 + n * row + (n === values.length ? 8 : 0);
        return [
          text(`term-${n}`, left, y, product, { fill, weight: 600 }),
          text(`sum-${n}`, left + 124, y, sum, { weight: fill === "ink" ? 600 : 400 }),
        ];
      }),
      line(
        "rule",
        [left, 70 + values.length * row - 20],
        [width, 70 + values.length * row - 20],
        "line",
        {
          "stroke-width": 1.5,
        },
      ),
    ],
  });
}
