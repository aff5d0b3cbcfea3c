import { scaleLinear } from "d3-scale";
import type { Selection } from "d3-selection";
import { inside, percent, short } from "../format.js";
import { headOf } from "../reading.js";
import type { Context, Picture } from "./context.js";

const stripHeight = 22;

/** Step by step: the numbers of one pair, in one head, between pieces. */
export function steps({ svg, width, reading, state }: Context): Picture {
  const { encoded, groups } = reading;
  const head = state.head === "mean" ? 0 : state.head;
  const view = headOf(encoded, state, head);
  const i = groups[state.word].pieces[0];
  const j = groups[Math.min(state.key, groups.length - 1)].pieces[0];
  const row = view.row(i);
  const inputs = encoded.layers[state.layer];
  const numbers = ({ data, shape }: typeof inputs.query, at: number): Float32Array => {
    const [, length, size] = shape as [number, number, number];
    return data.subarray((head * length + at) * size, (head * length + at + 1) * size);
  };
  const [q, k, v] = [numbers(inputs.query, i), numbers(inputs.key, j), numbers(inputs.value, j)];
  const size = q.length;
  const scale = inputs.scale / state.temperature;
  const [from, to] = [view.queries[i], view.keys[j]].map(({ text }) => inside(plain(text)));
  const weight = row.weights[j];
  const contribution = row.contributions.data.subarray(j * v.length, (j + 1) * v.length);
  const blocked = view.why(i, j);
  const reach = Math.max(...[q, k, v].flatMap((it) => Array.from(it, Math.abs)), 1e-9);

  let y = 0;
  const text = (content: string, kind: string): void => {
    for (const line of wrap(content, width, kind === "equation" ? 9.6 : 9.2)) {
      y += kind === "heading" ? 26 : 22;
      svg.append("text").attr("class", kind).attr("x", 0).attr("y", y).text(line);
    }
  };
  const strip = (name: string, values: Float32Array, most: number): void => {
    y += 16;
    drawStrip(svg.append("g").attr("transform", `translate(0, ${y})`), name, values, width, most);
    y += stripHeight;
  };
  const terms = [0, 1, 2].map((d) => `${short(q[d])}·${short(k[d])}`).join(" + ");
  text(`1 · “${from}” asks, “${to}” answers: q and k, ${size} numbers each`, "heading");
  strip("q", q, reach);
  strip("k", k, reach);
  text(`q·k = ${terms} + … = ${short(row.raw[j])}`, "equation");
  y += 8;
  text("2 · scaled", "heading");
  const shownScale = state.temperature === 1 ? `1/√${size}` : `1/√${size}/${state.temperature}`;
  text(
    `${short(row.raw[j])} × ${shownScale} = ${short(row.raw[j])} × ${short(scale, 4)} = ${short(row.scores[j], 3)}`,
    "equation",
  );
  y += 8;
  text(
    state.causal ? "3 · softmax over the keys that are not blocked" : "3 · softmax over all keys",
    "heading",
  );
  const others = row.masked.filter((score) => score !== -Infinity).length - 1;
  text(
    blocked.blocked
      ? `blocked: ${blocked.reasons[0].text}. The score counts as −∞, the weight is 0`
      : `e^${short(row.masked[j], 3)} / (e^${short(row.masked[j], 3)}${others > 0 ? ` + ${others} more` : ""}) = ` +
          `e^(${short(row.masked[j], 3)} − ${short(row.lse, 3)}) = ${short(weight, 3)}`,
    "equation",
  );
  y += 8;
  text(`4 · the value of “${to}”, times the weight`, "heading");
  strip("v", v, reach);
  strip(`${short(weight, 2)}·v`, contribution, reach);
  y += 8;
  text("5 · added up over all keys: the output", "heading");
  strip("out", row.output, reach);
  y += 6;
  text(`softmax(QKᵀ/√${size})V = Σ weight·v`, "equation");
  svg
    .attr("viewBox", `0 0 ${width} ${y + 12}`)
    .attr("width", width)
    .attr("height", y + 12);

  const several = [groups[state.word], groups[Math.min(state.key, groups.length - 1)]]
    .filter(({ pieces }) => pieces.length > 1)
    .map(
      ({ text, pieces }) =>
        ` Of “${inside(text)}” it is the first piece, “${inside(plain(encoded.pieces[pieces[0]]))}”.`,
    );
  const pieceNote = [...new Set(several)].join("");
  const which =
    state.head === "mean" ? `head 1 of 4 (a mean over heads has no steps)` : `head ${head + 1}`;
  return {
    title: `“${from}” looks at “${to}”: ${percent(weight)}`,
    caption: `In layer ${state.layer + 1}, ${which}. Blue is above 0, orange below, long bars are far from it.${pieceNote}`,
    table: () => ({
      columns: ["Key", "q·k", "Scaled", "Weight", "Length of weight × value"],
      rows: view.keys.map(({ text: key, index }) => [
        plain(key),
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
}

/** A piece without the mark of a word's beginning. */
function plain(piece: string): string {
  return piece.replace(/^▁(?=.)/u, "");
}

function lengthOf(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));
}

/** Numbers as a strip of small bars above and below a line. */
function drawStrip(
  group: Selection<SVGGElement, unknown, null, undefined>,
  name: string,
  values: Float32Array,
  width: number,
  most: number,
): void {
  const left = 58;
  const x = scaleLinear().domain([0, values.length]).range([left, width]);
  const y = scaleLinear().domain([-most, most]).range([stripHeight, 0]);
  group
    .append("text")
    .attr("class", "strip-name")
    .attr("x", 0)
    .attr("y", stripHeight / 2)
    .text(name);
  group
    .selectAll("rect")
    .data(Array.from(values))
    .join("rect")
    .attr("class", (value) => (value < 0 ? "below" : "above"))
    .attr("x", (_, at) => x(at))
    .attr("width", Math.max((width - left) / values.length - 0.5, 0.5))
    .attr("y", (value) => Math.min(y(value), y(0)))
    .attr("height", (value) => Math.max(Math.abs(y(value) - y(0)), 0.5));
}

/** Breaks a text into lines, between words. */
function wrap(text: string, width: number, letter: number): string[] {
  const most = Math.max(20, Math.floor(width / letter));
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > most) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
