import { load } from "../peers/load.js";
import type { Report } from "../report.js";
import { doublings, series, timesOf, type Series } from "./curves.js";

/** What a mark of Observable Plot is made of is its own matter. */
type Mark = unknown;
type Options = Record<string, unknown>;

/** The part of Observable Plot that is used. */
interface Plot {
  plot(options: Options): { outerHTML: string };
  line(data: readonly object[], options: Options): Mark;
  dot(data: readonly object[], options: Options): Mark;
  text(data: readonly object[], options: Options): Mark;
}

interface Dom {
  parseHTML(text: string): { document: object };
}

// Distinct for readers who see few colours, and dark enough for a white panel.
const colours = ["#0b6bcb", "#c2410c", "#15803d"];
const [ink, grey] = ["#24292f", "#6e7781"];

interface Panel {
  /** The axes. */
  x: Options;
  y: Options;
  colours: Record<string, string>;
  marks: (plot: Plot) => Mark[];
  /** What the picture shows, for readers who do not see it. */
  description: string;
}

/** An SVG file on a white panel, which is legible on light and dark pages. */
async function draw({ x, y, marks, colours, description }: Panel): Promise<string> {
  const plot = await load<Plot>("@observablehq/plot");
  const { parseHTML } = await load<Dom>("linkedom");
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const { outerHTML } = plot.plot({
    document,
    ...{
      width: 720,
      height: 440,
      marginLeft: 64,
      marginRight: 110,
      marginBottom: 44,
      marginTop: 32,
    },
    style: { color: ink, fontSize: "13px", fontFamily: "system-ui, sans-serif" },
    ariaDescription: description,
    x: { type: "log", base: 2, grid: true, labelAnchor: "center", labelOffset: 38, ...x },
    y: { type: "log", grid: true, ...y },
    color: { domain: Object.keys(colours), range: Object.values(colours) },
    marks: marks(plot),
  });
  const panel = `<rect width="100%" height="100%" rx="6" fill="#ffffff"/>`;
  return `${outerHTML.replace(/^<svg /, '<svg xmlns="http://www.w3.org/2000/svg" ').replace(">", `>${panel}`)}\n`;
}

interface Named {
  name: string;
}

function lastOfEach(data: readonly Named[]): Named[] {
  return [...new Map(data.map((point) => [point.name, point])).values()];
}

/** A line with dots, and its name behind the last of them. */
function named(plot: Plot, data: readonly Named[], x: string, y: string): Mark[] {
  const channels = { x, y, stroke: "name" };
  return [
    plot.line(data, { ...channels, strokeWidth: 2 }),
    plot.dot(data, { x, y, fill: "name", r: 3.5 }),
    plot.text(lastOfEach(data), {
      ...{ x, y, fill: "name", text: "name" },
      ...{ textAnchor: "start", dx: 8, fontWeight: 600 },
    }),
  ];
}

/** A dashed line through a point with the slope of `y ∝ xᵖ`, and its name above or below it. */
function guide(
  plot: Plot,
  [from, to]: [number, number],
  [x, y]: [number, number],
  power: 1 | 2,
  name: string,
  above: boolean,
): Mark[] {
  const at = (t: number) => ({ x: t, y: y * (t / x) ** power });
  const ends = [at(from), at(to)];
  return [
    plot.line(ends, {
      x: "x",
      y: "y",
      z: null,
      stroke: grey,
      strokeDasharray: "5 4",
      strokeWidth: 1.2,
    }),
    plot.text([at((from * to ** 2) ** (1 / 3))], {
      ...{ x: "x", y: "y", text: () => name, z: null, fill: grey, fontStyle: "italic" },
      ...(above ? { dx: -8, dy: -6, textAnchor: "end" } : { dx: 8, dy: 10, textAnchor: "start" }),
    }),
  ];
}

/** Time of a call against its length, both axes logarithmic. */
export function drawTime(report: Report): Promise<string> {
  const time = timesOf(report);
  const data = time.map((point) => ({ ...point, name: point.series, ms: 1000 * point.seconds }));
  const lengths = time.map(({ length }) => length);
  const [first, last] = [Math.min(...lengths), Math.max(...lengths)];
  const anchor = (name: Series) => data.filter((p) => p.series === name).at(-1)!;
  const [dense, windowed] = [anchor("dense"), anchor("window 256")];
  return draw({
    description: `Time of one call against the length, dense, causal and with a window, on Node ${report.machine.node}: dense and causal grow like the square of the length, windowed like the length.`,
    x: {
      label: "L = S, tokens (one head, D 64, float32, one thread)",
      ticks: doublings(first, last),
      tickFormat: String,
    },
    y: { label: "↑ time of a call, ms", ...decades(data.map(({ ms }) => ms)) },
    colours: Object.fromEntries(series.map((name, i) => [name, colours[i]])),
    marks: (plot) => [
      // Beside the curves, not on them.
      ...guide(plot, [first, dense.length], [dense.length, dense.ms * 1.6], 2, "∝ L²", true),
      ...guide(
        plot,
        [first, windowed.length],
        [windowed.length, windowed.ms / 1.6],
        1,
        "∝ L",
        false,
      ),
      ...named(plot, data, "length", "ms"),
    ],
  });
}

/** Working memory against the number of keys, both axes logarithmic. */
export function drawMemory({ memory, machine }: Report): Promise<string> {
  const [{ queries }] = memory;
  const names = { resident: "resident", buffers: "buffers" } as const;
  // A logarithmic axis has no zero; 4 KiB is a page.
  const mebibytes = (bytes: number) => Math.max(bytes, 4096) / 2 ** 20;
  const data = (["buffers", "resident"] as const).flatMap((kind) =>
    memory.map((point) => ({ keys: point.keys, name: names[kind], mib: mebibytes(point[kind]) })),
  );
  const keys = memory.map(({ keys }) => keys);
  const [first, last] = [Math.min(...keys), Math.max(...keys)];
  const matrix: [number, number] = [last, mebibytes(4 * queries * last)];
  return draw({
    description: `Working memory beyond inputs and output against the number of keys, with ${queries} queries, on Node ${machine.node}, beside the size of a matrix of all scores.`,
    x: {
      label: `S, keys (L ${queries}, one head, D 64, float32)`,
      ticks: doublings(first, last),
      tickFormat: String,
    },
    y: {
      label: "↑ memory beyond inputs and output, MiB",
      ...decades([...data.map(({ mib }) => mib), matrix[1]]),
    },
    colours: { [names.resident]: colours[0], [names.buffers]: colours[1] },
    marks: (plot) => [
      ...guide(plot, [first, last], matrix, 1, "a matrix of L×S scores", true),
      ...named(plot, data, "keys", "mib"),
    ],
  });
}

/** Ticks at the powers of ten, written out. */
function decades(values: readonly number[]): Options {
  const [low, high] = [Math.min(...values), Math.max(...values)].map(Math.log10);
  const powers = Array.from({ length: 13 }, (_, i) => i - 6);
  const ticks = powers.filter((p) => p >= low && p <= high).map((p) => Number(`1e${p}`));
  return { ticks, tickFormat: String };
}
