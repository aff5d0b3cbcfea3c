import { scaleLinear } from "d3-scale";
import type { Segment } from "qkv/explain";
import { inside, percent } from "../format.js";
import { pushes } from "../reading.js";
import type { Context, Picture } from "./context.js";
import { colour } from "./shades.js";
import { fit, textWidth } from "./textWidth.js";

const barTop = 4;
const barHeight = 84;
const listTop = barTop + barHeight + 48;
const rowHeight = 28;
/** Colours of neighbouring segments, in style.css; told apart by colour-blind readers too. */
const hues = 8;

/** The output: one bar that is what the word becomes, each value as wide as its weight. */
export function blend({ svg, width, reading, state, tell }: Context): Picture {
  const { words, where } = reading;
  const segments = words.blend(state.word).filter(({ to, from }) => to > from);
  const shares = pushes(reading, state.word);
  const height = listTop + segments.length * rowHeight + 4;
  svg.attr("viewBox", `0 0 ${width} ${height}`).attr("width", width).attr("height", height);
  const name = ({ token }: Segment): string => token || "nothing";
  const share = ({ keyIndex }: Segment): string => percent(shares[keyIndex] ?? 0);
  const sentence = (segment: Segment): string =>
    segment.keyIndex < 0
      ? "nothing: no word may be looked at"
      : `${inside(segment.token)}: weight ${percent(segment.weight)}; its value makes up ${share(segment)} of the output`;
  const hue = ({ keyIndex }: Segment): string => colour(`--hue-${(keyIndex + hues) % hues}`);
  drawBar();
  drawList();
  return {
    title: `What “${inside(words.queries[state.word].text)}” becomes`,
    caption:
      `In ${where}: a blend of the words’ values, each as wide as its weight. How much of the output a word makes up ` +
      `depends on its value too: on how long it is and where it points. A share may be negative.`,
    table: () => ({
      columns: ["Word", "Weight", "From", "To", "Share of the output"],
      rows: segments.map((segment) => [
        name(segment),
        percent(segment.weight),
        segment.from.toFixed(3),
        segment.to.toFixed(3),
        share(segment),
      ]),
    }),
    data: () => ({ query: words.queries[state.word].text, where, segments, shares }),
  };

  function drawBar(): void {
    const room = ({ from, to }: Segment): number => (to - from) * width - 2;
    const named = (it: Segment): boolean => room(it) > textWidth(name(it), 15, 600) + 16;
    const parts = svg
      .selectAll("g.segment")
      .data(segments)
      .join("g")
      .attr("class", "segment")
      .attr("fill", hue)
      .attr("transform", ({ from }) => `translate(${from * width}, ${barTop})`)
      .attr("role", "button")
      .attr("tabindex", 0)
      .attr("aria-description", sentence)
      .on("pointerenter focus click", (_, segment) => tell(sentence(segment)));
    parts
      .append("rect")
      .attr("width", (segment) => Math.max(room(segment), 0.5))
      .attr("height", barHeight)
      .attr("rx", (segment) => Math.min(4, Math.max(room(segment), 0) / 4));
    // Where there is no room for its name, a segment has it unseen.
    parts
      .filter((segment) => !named(segment))
      .attr("aria-label", (segment) => `${name(segment)} ${percent(segment.weight)}`);
    parts
      .filter(named)
      .append("text")
      .attr("class", "inside")
      .attr("x", (segment) => room(segment) / 2)
      .attr("y", barHeight / 2 - 10)
      .text(name);
    parts
      .filter((segment) => room(segment) > textWidth(percent(segment.weight), 14) + 8)
      .append("text")
      .attr("class", "inside number")
      .attr("x", (segment) => room(segment) / 2)
      .attr("y", (segment) => barHeight / 2 + (named(segment) ? 12 : 0))
      .text(({ weight }) => percent(weight));
  }

  /** The same in words, with what each value makes up of the output. */
  function drawList(): void {
    const longest = Math.max(...segments.map((segment) => textWidth(name(segment))));
    const columns = [28, 0, 0];
    columns[1] = Math.min(28 + longest, width * 0.42) + 78;
    columns[2] = columns[1] + 118;
    const heads = svg.append("g").attr("transform", `translate(0, ${listTop - 14})`);
    ["word", "weight", "of the output"].forEach((head, n) => {
      heads
        .append("text")
        .attr("class", n === 0 ? "head" : "head end")
        .attr("x", columns[n])
        .text(head);
    });
    const list = svg
      .selectAll("g.entry")
      .data(segments)
      .join("g")
      .attr("class", "entry")
      .attr("fill", hue)
      .attr("transform", (_, n) => `translate(0, ${listTop + n * rowHeight})`);
    list.append("rect").attr("y", 6).attr("width", 16).attr("height", 16).attr("rx", 3);
    const cell = (x: number, kind: string, text: (segment: Segment) => string): void => {
      list
        .append("text")
        .attr("class", kind)
        .attr("x", x)
        .attr("y", rowHeight / 2)
        .text(text);
    };
    cell(columns[0], "", (segment) => fit(name(segment), columns[1] - 78 - columns[0]));
    cell(columns[1], "number end", ({ weight }) => percent(weight));
    cell(columns[2], "number end", share);
    const start = columns[2] + 28;
    if (width - start < 120) return;
    const all = segments.map(({ keyIndex }) => shares[keyIndex] ?? 0);
    const x = scaleLinear([Math.min(0, ...all), Math.max(...all, 0.01)], [start, width - 2]);
    list
      .append("rect")
      .attr("y", 8)
      .attr("height", rowHeight - 16)
      .attr("x", (_, n) => x(Math.min(0, all[n])))
      .attr("width", (_, n) => Math.max(1, Math.abs(x(all[n]) - x(0))))
      .attr("rx", 2);
  }
}
