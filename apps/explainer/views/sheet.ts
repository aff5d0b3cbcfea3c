import { scaleLinear } from "d3-scale";
import type { Context } from "./context.js";
import { textWidth } from "./textWidth.js";

/** A text, or one that is raised: `["e", { up: "2" }]`. */
export type Part = string | { readonly up: string };

const textSize = 16;
const raisedSize = 12;
const stripHeight = 36;
const stripLeft = 64;

/** Writes a calculation on a picture, from the top down. */
export function startSheet({ svg, width }: Context) {
  let y = 0;
  return {
    heading(text: string): void {
      y += 12;
      lines([text], "heading", 600);
    },
    /** An equation, broken between words where it is too long. */
    equation(...parts: Part[]): void {
      lines(parts, "equation", 400);
    },
    /** Numbers as small bars above and below a line; the longest bar is `most`. */
    strip(name: string, values: ArrayLike<number>, most: number): void {
      const group = svg.append("g").attr("transform", `translate(0, ${y + 14})`);
      group
        .append("text")
        .attr("class", "strip-name")
        .attr("y", stripHeight / 2)
        .text(name);
      const x = scaleLinear([0, values.length], [stripLeft, width]);
      const size = scaleLinear([0, most], [0, stripHeight / 2]).clamp(true);
      const thick = Math.max((width - stripLeft) / values.length - 0.6, 0.6).toFixed(2);
      let [above, below] = ["", ""];
      for (let at = 0; at < values.length; at++) {
        const value = values[at];
        const bar = `M${x(at).toFixed(2)} ${stripHeight / 2}h${thick}v${size(Math.abs(value)).toFixed(2)}`;
        if (value < 0) below += `${bar}h-${thick}z`;
        else above += `${bar.replace(/v/, "v-")}h-${thick}z`;
      }
      group
        .append("path")
        .attr("class", "zero")
        .attr("d", `M${stripLeft} ${stripHeight / 2}H${width}`);
      group.append("path").attr("class", "above").attr("d", above);
      group.append("path").attr("class", "below").attr("d", below);
      y += stripHeight + 10;
    },
    /** Gives the picture its size. */
    end(): void {
      const height = y + 18;
      svg.attr("viewBox", `0 0 ${width} ${height}`).attr("width", width).attr("height", height);
    },
  };

  function lines(parts: readonly Part[], kind: string, weight: number): void {
    for (const line of wrap(parts, width, weight)) {
      y += 26;
      const text = svg.append("text").attr("class", kind).attr("y", y);
      let raised = false;
      for (const run of line) {
        const up = typeof run !== "string";
        const span = text.append("tspan").text(up ? run.up : run);
        if (up) span.attr("class", "raised");
        if (up !== raised) span.attr("dy", up ? -6 : 6);
        raised = up;
      }
    }
    y += 2;
  }
}

/** Breaks a text into lines, at spaces. */
function wrap(parts: readonly Part[], width: number, weight: number): Part[][] {
  const words: Part[][] = [[]];
  for (const part of parts) {
    if (typeof part !== "string") words.at(-1)!.push(part);
    else {
      const [first, ...others] = part.split(" ");
      words.at(-1)!.push(first);
      for (const other of others) words.push([other]);
    }
  }
  const size = (word: readonly Part[]): number =>
    word.reduce(
      (sum, part) =>
        sum +
        (typeof part === "string"
          ? textWidth(part, textSize, weight)
          : textWidth(part.up, raisedSize, weight)),
      0,
    );
  const space = textWidth(" ", textSize, weight);
  const lines: Part[][] = [];
  let used = Infinity;
  for (const word of words) {
    const needed = size(word);
    if (used + space + needed > width) {
      lines.push([]);
      append(lines.at(-1)!, word);
      used = needed;
    } else {
      append(lines.at(-1)!, [" ", ...word]);
      used += space + needed;
    }
  }
  return lines;
}

/** Texts side by side become one. */
function append(line: Part[], word: readonly Part[]): void {
  for (const part of word) {
    const last = line.at(-1);
    if (typeof last === "string" && typeof part === "string") line[line.length - 1] = last + part;
    else line.push(part);
  }
}
