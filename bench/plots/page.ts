import { formatTime, threeDigits } from "../format.js";
import { markdownTable, type Column } from "../table.js";
import { series, slope, type Scaling, type Series } from "./scaling.js";

const right = (title: string): Column => ({ title, align: "right" });

/** The numbers behind the two plots, for docs/performance.md. */
export function scalingBlock(scaling: Scaling): string {
  const { machine, revision, rounds, date, command, queries } = scaling;
  return `${timeTable(scaling)}

${slopes(scaling)}

${memoryTable(scaling)}

L = ${queries} for the memory. Median of ${rounds} rounds on ${machine.cpu} (${machine.os}, ${machine.arch}), Node ${machine.node}, commit ${revision.commit}${revision.modified ? " with changes" : ""}, ${date.slice(0, 10)}, by \`${command}\`.`;
}

function timeTable({ time }: Scaling): string {
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
function slopes({ time }: Scaling): string {
  const parts = series.flatMap((name) => {
    const points = time.filter((p) => p.series === name);
    const [from, to] = [points[Math.floor((points.length - 1) / 2)], points.at(-1)];
    if (!from || !to || from === to) return [];
    const power = slope([from.length, from.seconds], [to.length, to.seconds]);
    return [`${name} like L^${threeDigits(power)} (${from.length} to ${to.length})`];
  });
  return `Time grows: ${parts.join(", ")}.`;
}

function memoryTable({ memory, queries }: Scaling): string {
  const mebibytes = (bytes: number) => `${threeDigits(bytes / 2 ** 20)} MiB`;
  return markdownTable(
    [right("S"), right("resident"), right("buffers"), right("a matrix of scores")],
    memory.map(({ keys, resident, buffers }) => [
      String(keys),
      mebibytes(resident),
      mebibytes(buffers),
      mebibytes(4 * queries * keys),
    ]),
  );
}
