import { formatMemory, formatTime, threeDigits } from "../format.js";
import { whereOf } from "../machine.js";
import type { Report } from "../report.js";
import { markdownTable, type Column } from "../table.js";
import { series, slope, timesOf, type Series, type TimePoint } from "./curves.js";

const right = (title: string): Column => ({ title, align: "right" });

/** The numbers behind the two plots, for docs/performance.md. */
export function scalingBlock(report: Report): string {
  const { rounds, command, memory } = report;
  const times = timesOf(report);
  return `${timeTable(times)}

${slopes(times)}

${memoryTable(report)}

L = ${memory[0].queries} for the memory. Median of ${rounds} rounds on ${whereOf(report)}, by \`${command}\`.`;
}

function timeTable(time: readonly TimePoint[]): string {
  const lengths = [...new Set(time.map(({ length }) => length))].sort((a, b) => a - b);
  const cell = (name: Series, length: number) => {
    const point = time.find((p) => p.series === name && p.length === length);
    return point ? formatTime(point.seconds) : "";
  };
  return markdownTable(
    [right("L"), ...series.map(right)],
    lengths.map((length) => [String(length), ...series.map((name) => cell(name, length))]),
  );
}

/** How time grows over the upper half of the lengths. */
function slopes(time: readonly TimePoint[]): string {
  const parts = series.flatMap((name) => {
    const points = time.filter((p) => p.series === name);
    const [from, to] = [points[Math.floor((points.length - 1) / 2)], points.at(-1)];
    if (!from || !to || from === to) return [];
    const power = slope([from.length, from.seconds], [to.length, to.seconds]);
    return [`${name} like L^${threeDigits(power)} (${from.length} to ${to.length})`];
  });
  return `Time grows: ${parts.join(", ")}.`;
}

function memoryTable({ memory }: Report): string {
  return markdownTable(
    [right("S"), right("resident"), right("buffers"), right("a matrix of scores")],
    memory.map(({ queries, keys, resident, buffers }) => [
      String(keys),
      formatMemory(resident),
      formatMemory(buffers),
      formatMemory(4 * queries * keys),
    ]),
  );
}
