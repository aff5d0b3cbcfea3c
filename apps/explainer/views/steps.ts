import { inside, percent, short } from "../format.js";
import { speaker } from "../reading.js";
import type { Context, Picture } from "./context.js";
import { startSheet, type Part } from "./sheet.js";

/** Step by step: the numbers of one pair, in one head, between pieces. */
export function steps(context: Context): Picture {
  const { reading, state } = context;
  const { encoded, groups } = reading;
  const head = state.head === "mean" ? 0 : state.head;
  const view = reading.explanation.head(head);
  const pair = [groups[state.word], groups[state.key]];
  const [i, j] = pair.map(({ pieces }) => speaker(pieces, encoded.pieces));
  const row = view.row(i);
  const inputs = encoded.layers[state.layer];
  const numbers = ({ data, shape, stride, offset }: typeof inputs.query, at: number) => {
    const start = offset + head * stride[0] + at * stride[1];
    return data.subarray(start, start + shape[2]);
  };
  const [q, k, v] = [numbers(inputs.query, i), numbers(inputs.key, j), numbers(inputs.value, j)];
  const size = q.length;
  const scale = inputs.scale / state.temperature;
  const [from, to] = [view.queries[i], view.keys[j]].map(({ text }) => inside(plain(text)));
  const weight = row.weights[j];
  const contribution = row.contributions.data.subarray(j * v.length, (j + 1) * v.length);
  const { blocked } = view.why(i, j);

  const sheet = startSheet(context);
  sheet.heading(
    `1 · The query of “${from}” times the key of “${to}”: ${q.length} products, added up`,
  );
  const farthest = mostOf(q, k);
  sheet.strip("q", q, farthest);
  sheet.strip("k", k, farthest);
  const products = q.map((value, d) => value * k[d]);
  sheet.strip("q × k", products, mostOf(products));
  const terms = [0, 1, 2].map((d) => `${factor(q[d])}·${factor(k[d])}`).join(" + ");
  sheet.equation(`q·k = ${terms} + … = ${short(row.raw[j])}`);
  sheet.heading("2 · Scaled");
  const divided = `√${size}${state.temperature === 1 ? "" : ` / ${state.temperature}`}`;
  const score = short(row.scores[j], 3);
  sheet.equation(
    `q·k / ${divided} = ${factor(row.raw[j])} × ${short(scale, 4)} = ${score}, the score`,
  );
  const rivals = row.keys.filter((key) => !key.blocked);
  const kind = state.causal ? "keys that are not blocked" : "keys";
  sheet.heading(`3 · Softmax over the ${rivals.length} ${kind}`);
  if (blocked) {
    sheet.equation(
      `Blocked: “${to}” comes after “${from}”. The score counts as −∞, the weight is 0.`,
    );
  } else {
    const others = rivals.filter(({ keyIndex }) => keyIndex !== j).map(({ score }) => score!);
    const sum = [row.scores[j], ...others.slice(0, 3)].flatMap<Part>((x, n) => [
      n > 0 ? " + e" : "e",
      { up: short(x, 2) },
    ]);
    const more = others.length > 3 ? ` + ${others.length - 3} more) = e` : ") = e";
    // e to the power of the log-sum-exp is the sum below the line.
    const result = ` = ${short(weight, 3)}, the weight`;
    const ratio = { up: `${short(row.scores[j], 2)} − ${short(row.lse, 2)}` };
    sheet.equation("e", { up: short(row.scores[j], 2) }, " / (", ...sum, more, ratio, result);
  }
  sheet.heading(`4 · The value of “${to}”, times the weight`);
  const loudest = mostOf(v, row.output);
  sheet.strip("v", v, loudest);
  sheet.strip(`${short(weight)} v`, contribution, loudest);
  sheet.heading(`5 · Added up over all keys: what “${from}” becomes`);
  const blended = row.keys
    .filter((key) => key.weight > 0)
    .map((key) => `${short(key.weight)} v(${inside(plain(key.key))})`);
  const rest = blended.length > 5 ? ` + ${blended.length - 5} more` : "";
  sheet.equation(
    `softmax(QKᵀ/${divided.replaceAll(" ", "")})V = ${blended.slice(0, 5).join(" + ")}${rest}`,
  );
  sheet.strip("output", row.output, loudest);
  sheet.end();

  return {
    title: `“${from}” looks at “${to}”: ${percent(weight)}`,
    caption:
      `In layer ${state.layer + 1}, head ${head + 1} of 4. ${manyHeads()}Each small bar is a number: blue above 0, ` +
      `orange below.${chosenPieces()}`,
    table: () => ({
      columns: ["Key", "q·k", "Scaled", "Weight", "Length of weight × value"],
      rows: view.keys.map(({ text, index }) => [
        plain(text),
        short(row.raw[index], 3),
        short(row.masked[index], 3),
        short(row.weights[index], 4),
        short(
          lengthOf(row.contributions.data.subarray(index * v.length, (index + 1) * v.length)),
          3,
        ),
      ]),
    }),
    data: () => ({
      query: from,
      key: to,
      layer: state.layer + 1,
      head: head + 1,
      q: Array.from(q),
      k: Array.from(k),
      v: Array.from(v),
      scale,
      raw: row.raw[j],
      score: row.scores[j],
      weight,
      contribution: Array.from(contribution),
      output: Array.from(row.output),
    }),
  };

  /** A mean has no steps of its own: it is that of what the heads give. */
  function manyHeads(): string {
    if (state.head !== "mean") return "";
    const { explanation, stages } = reading;
    const heads = explanation.headNames.map((name) => explanation.head(name));
    const [mean, ...each] = [stages, ...heads].map((it) => percent(it.row(i).weights[j]));
    return `The four heads give ${each.join(", ")}; their mean is ${mean}. `;
  }

  function chosenPieces(): string {
    const several = pair
      .filter(({ pieces }) => pieces.length > 1)
      .map(({ text, pieces }) => {
        const piece = inside(plain(encoded.pieces[speaker(pieces, encoded.pieces)]));
        return ` Of “${inside(text)}” it is the piece “${piece}”.`;
      });
    return [...new Set(several)].join("");
  }
}

/** A piece without the mark of a word's beginning. */
function plain(piece: string): string {
  return piece.replace(/^▁(?=.)/u, "");
}

/** A number in a product. */
function factor(x: number): string {
  return x < 0 ? `(${short(x)})` : short(x);
}

/** The number that is farthest from 0. */
function mostOf(...strips: readonly Float32Array[]): number {
  return strips.reduce(
    (most, strip) => strip.reduce((m, x) => Math.max(m, Math.abs(x)), most),
    1e-9,
  );
}

function lengthOf(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));
}
