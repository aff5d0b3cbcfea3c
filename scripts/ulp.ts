/**
 * Measures the float32 elementary functions on every float32 bit pattern and prints a table.
 *
 *     npm run ulp                                      all functions, all 2³² patterns: half an hour
 *     npm run ulp -- --step 1021 --functions exp32     a sample of one function
 *     npm run ulp -- --processes 2
 *     npm run ulp -- --float64 100000                  the float64 functions against an oracle instead
 *     npm run ulp -- --bench                           nanoseconds per call instead
 *
 * The truth is the engine's float64 function, whose own error is below 2⁻²⁸ float32 ULP. The exit
 * code is 1 if a result that must be exact (NaN, ±Infinity, flushed 0) is not.
 */
import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import * as portable from "../src/elementary/portable.js";
import { functions64, measure64, type Function64 } from "../test/elementary/sample64.js";
import { functions32, join, sweep, type Function32, type Sweep } from "../test/elementary/sweep.js";

interface Task {
  readonly name: Function32;
  readonly first: number;
  readonly end: number;
  readonly step: number;
}

interface Row extends Sweep {
  readonly seconds: number;
}

const patterns = 2 ** 32;
const patternsPerTask = 2 ** 24;

const header = [
  "| function | max ULP | at | correctly rounded | inputs | exact by rule (wrong) | decreasing steps | seconds |",
  "|---|---|---|---|---|---|---|---|",
].join("\n");

if (process.send === undefined) await main();
else serve();

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      functions: { type: "string", default: Object.keys(functions32).join(",") },
      step: { type: "string", default: "1" },
      processes: { type: "string", default: "1" },
      float64: { type: "string" },
      bench: { type: "boolean", default: false },
    },
  });
  if (values.bench) {
    bench();
    return;
  }
  if (values.float64 !== undefined) {
    measureFloat64(positiveInteger("float64", values.float64));
    return;
  }
  const step = positiveInteger("step", values.step);
  const script = fileURLToPath(import.meta.url);
  const workers = Array.from({ length: positiveInteger("processes", values.processes) }, () =>
    fork(script, { serialization: "advanced" }),
  );
  console.log(header);
  let wrong = 0;
  for (const name of values.functions.split(",").map(functionNamed)) {
    const row = await measure(name, step, workers);
    console.log(formatRow(name, row));
    wrong += row.wrong;
  }
  for (const worker of workers) worker.disconnect();
  process.exitCode = wrong === 0 ? 0 : 1;
}

/** Deals the patterns out in tasks; every worker takes the next one when it is done. */
async function measure(name: Function32, step: number, workers: ChildProcess[]): Promise<Row> {
  const start = performance.now();
  // A task starts where the stride of the previous one goes on.
  const size = Math.ceil(patternsPerTask / step) * step;
  let next = 0;
  let total: Sweep | undefined;
  const work = async (worker: ChildProcess): Promise<void> => {
    while (next < patterns) {
      const task: Task = { name, first: next, end: Math.min(next + size, patterns), step };
      next += size;
      const part = await ask(worker, task);
      total = total === undefined ? part : join(total, part);
    }
  };
  await Promise.all(workers.map(work));
  if (total === undefined) throw new Error("no patterns");
  return { ...total, seconds: (performance.now() - start) / 1000 };
}

function ask(worker: ChildProcess, task: Task): Promise<Sweep> {
  return new Promise((resolve, reject) => {
    const onExit = (): void => {
      reject(new Error("a worker process ended before its answer"));
    };
    worker.once("exit", onExit);
    worker.once("message", (part) => {
      worker.off("exit", onExit);
      resolve(part as Sweep);
    });
    worker.send(task);
  });
}

/** The worker's side. */
function serve(): void {
  process.on("message", (task: Task) => {
    process.send?.(sweep(task.name, task.first, task.end, task.step));
  });
}

function formatRow(name: Function32, row: Row): string {
  const cells = [
    name,
    row.ulp.toFixed(4),
    String(row.at),
    `${((100 * row.correct) / row.finite).toFixed(3)}%`,
    String(row.finite),
    `${row.special} (${row.wrong})`,
    functions32[name].increasing ? String(row.decreasing) : "–",
    row.seconds.toFixed(0),
  ];
  return `| ${cells.join(" | ")} |`;
}

/** Random inputs from every region where an algorithm could go wrong, against 300-bit arithmetic. */
function measureFloat64(countPerRegion: number): void {
  console.log("| function | max ULP | at | correctly rounded | inputs |\n|---|---|---|---|---|");
  for (const name of Object.keys(functions64) as Function64[]) {
    const { ulp, at, correct, count } = measure64(name, countPerRegion, 1);
    const share = `${((100 * correct) / count).toFixed(2)}%`;
    console.log(`| ${name} | ${ulp.toFixed(4)} | ${at} | ${share} | ${count} |`);
  }
}

/** Best of many rounds over 64 numbers, each function in a loop of its own so that it is inlined. */
function bench(): void {
  const rounds = 30;
  const repeats = 4000;
  const inputs = Float32Array.from({ length: 64 }, (_, i) => -((i * 37) % 64) / 5 - 0.01);
  console.log("| function | ns per call |\n|---|---|");
  for (const name of Object.keys(portable) as (keyof typeof portable)[]) {
    const own = name.startsWith("log") ? inputs.map(Math.abs) : inputs;
    const x = name.endsWith("32") ? own : Float64Array.from(own);
    const out = x.slice();
    // A function of its own source text has its own type feedback.
    const loop = new Function(
      "compute",
      `return function ${name}Loop(x, out, repeats) {
        for (let r = 0; r < repeats; r++) for (let i = 0; i < 64; i++) out[i] = compute(x[i]);
      }`,
    )(portable[name]) as (x: object, out: object, repeats: number) => void;
    let best = Infinity;
    for (let round = 0; round < rounds; round++) {
      const start = performance.now();
      loop(x, out, repeats);
      best = Math.min(best, performance.now() - start);
    }
    console.log(`| ${name} | ${((best * 1e6) / (repeats * 64)).toFixed(1)} |`);
  }
}

function functionNamed(name: string): Function32 {
  if (Object.hasOwn(functions32, name)) return name as Function32;
  throw new Error(`--functions: expected some of ${Object.keys(functions32).join()}; got ${name}`);
}

function positiveInteger(option: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${option}: expected a positive integer; got ${text}`);
}
