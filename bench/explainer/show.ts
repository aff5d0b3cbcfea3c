import { percent } from "../format.js";
import { whereOf } from "../machine.js";
import { spreadOf } from "../statistics.js";
import { textTable, type Column } from "../table.js";
import type { Frames, PageReport, Visit } from "./report.js";

const left = (title: string): Column => ({ title, align: "left" });
const right = (title: string): Column => ({ title, align: "right" });

const missing = "not there";
const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
const milliseconds = (time: number): string =>
  time < 9995 ? `${time.toFixed(0)} ms` : `${(time / 1000).toFixed(1)} s`;

/** The whole result for a terminal. */
export function showPageReport(report: PageReport): string {
  const { machine, browser, conditions, rounds, weights, visits, motions } = report;
  const { megabits, latency, slowdown } = conditions;
  return [
    [
      whereOf(report),
      `${browser}; load ${machine.load.toFixed(2)} at the start${machine.load > 1 ? " (not a quiet machine)" : ""}`,
    ].join("\n"),
    textTable(
      [left("weight of"), right("files"), right("raw"), right("gzip")],
      weights.map(({ part, files, raw, gzip }) => [
        part,
        String(files),
        kilobytes(raw),
        kilobytes(gzip),
      ]),
    ),
    textTable(
      [left(`a first visit, ${megabits} Mbit/s, ${latency} ms, CPU ÷${slowdown}`), right("median"), right("min"), right("max")], // prettier-ignore
      visitRows(visits),
    ),
    textTable(
      [left(`frames, CPU ÷${slowdown}`), right("count"), right("p50"), right("p95"), right("longest"), right("over 16.7 ms")], // prettier-ignore
      motions.map(({ name, frames }) => [name, ...frameCells(frames)]),
    ),
    `Median of ${rounds} ${rounds === 1 ? "visit" : "visits"} with an empty cache. What is not there: the page has nothing that its selector in bench/explainer/selectors.ts finds.`,
  ].join("\n\n");
}

function visitRows(visits: readonly Visit[]): string[][] {
  const rows: [string, (visit: Visit) => number | null, (x: number) => string][] = [
    ["first paint", (it) => it.firstPaint, milliseconds],
    ["first picture", (it) => it.firstPicture, milliseconds],
    ["model ready, once asked for", (it) => it.modelReady, milliseconds],
    ["layout shift", (it) => it.layoutShift, (x) => x.toFixed(3)],
    ["blocked until the picture", (it) => it.blockedUntilPicture, milliseconds],
    ["blocked in all", (it) => it.blocked, milliseconds],
  ];
  return rows.map(([name, of, show]) => {
    const values = visits.map(of).filter((value) => value !== null);
    if (values.length < visits.length) return [name, missing, "", ""];
    const { median, min, max } = spreadOf(values);
    return [name, show(median), show(min), show(max)];
  });
}

function frameCells(frames: Frames | null): string[] {
  if (frames === null) return [missing, "", "", "", ""];
  const { count, p50, p95, longest, late } = frames;
  const time = (x: number) => `${x.toFixed(1)} ms`;
  return [String(count), time(p50), time(p95), time(longest), percent(late)];
}
