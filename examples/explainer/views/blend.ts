import { clip, inside, percent } from "../format.js";
import { pushes } from "../reading.js";
import { textWidth, type Context, type Picture } from "./context.js";

const barTop = 8;
const barHeight = 84;
const listTop = barTop + barHeight + 26;
const rowHeight = 28;
/** Colours of neighbouring segments, in style.css; told apart by colour-blind readers too. */
const hues = 8;

/** The output: one bar that is what the word becomes, each value as wide as its weight. */
export function blend({ svg, width, reading, state, tell }: Context): Picture {
  const { words, where } = reading;
  const segments = words.blend(state.word).filter(({ to, from }) => to > from);
  const push = pushes(reading, state.word);
  const word = inside(words.queries[state.word].text);
  const height = listTop + segments.length * rowHeight + 8;
  svg.attr("viewBox", `0 0 ${width} ${height}`).attr("width", width).attr("height", height);
  const sentence = ({ token, weight, keyIndex }: (typeof segments)[number]): string =>
    keyIndex < 0
      ? "nothing: no word may be looked at"
      : `${inside(token)}: weight ${percent(weight)}; its value makes up ${percent(push[keyIndex])} of the output`;
  const name = ({ token }: (typeof segments)[number]): string => token || "nothing";
  const roomy = (segment: (typeof segments)[number], needed: number): boolean =>
    (segment.to - segment.from) * width > needed;
  const named = (segment: (typeof segments)[number]): boolean =>
    roomy(segment, textWidth(name(segment)) + 10);
  const parts = svg
    .selectAll("g.segment")
    .data(segments)
    .join("g")
    .attr("class", ({ keyIndex }) => `segment hue-${(keyIndex + hues) % hues}`)
    .attr("transform", ({ from }) => `translate(${from * width}, ${barTop})`)
    .attr("role", "button")
    .attr("tabindex", 0)
    .attr("aria-description", sentence)
    .on("pointerenter focus click", (_, segment) => tell(sentence(segment)));
  parts
    .append("rect")
    .attr("width", ({ from, to }) => Math.max((to - from) * width - 2, 0.5))
    .attr("height", barHeight)
    .attr("rx", 3);
  // Where there is no room for its name, a segment has it unseen.
  parts
    .filter((segment) => !named(segment))
    .attr("aria-label", (segment) => `${name(segment)} ${percent(segment.weight)}`);
  parts
    .filter(named)
    .append("text")
    .attr("class", "inside")
    .attr("x", 10)
    .attr("y", barHeight / 2 - 9)
    .text(name);
  parts
    .filter((segment) => roomy(segment, 54))
    .append("text")
    .attr("class", "inside number")
    .attr("x", 10)
    .attr("y", barHeight / 2 + 13)
    .text(({ weight }) => percent(weight));
  const list = svg
    .selectAll("g.entry")
    .data(segments)
    .join("g")
    .attr("class", ({ keyIndex }) => `entry hue-${(keyIndex + hues) % hues}`)
    .attr("transform", (_, n) => `translate(0, ${listTop + n * rowHeight})`);
  list.append("rect").attr("y", 6).attr("width", 16).attr("height", 16).attr("rx", 3);
  list
    .append("text")
    .attr("class", "entry-text")
    .attr("x", 26)
    .attr("y", rowHeight / 2)
    .text((segment) => {
      const label = clip(name(segment), width < 480 ? 14 : 40);
      return `${inside(label)} · ${percent(segment.weight)} · ${percent(push[segment.keyIndex] ?? 0)} of the output`;
    });
  return {
    title: `What “${word}” becomes`,
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
        percent(push[segment.keyIndex] ?? 0),
      ]),
    }),
    data: () => ({ query: words.queries[state.word].text, where, segments, shares: push }),
  };
}
