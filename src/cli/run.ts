import type { Progress, Report } from "../testing/types.js";

/** What was checked, for the people who read the report. */
export interface Subject {
  /** What it is called: `./attention.js`, or an engine. */
  readonly name: string;
  /** The file, where there is one. */
  readonly file?: string;
  /** The export that was checked. */
  readonly exported?: string;
  /** What to know when reading the results. */
  readonly notes: readonly string[];
}

/** A subject with what was found. */
export interface Checked extends Subject {
  readonly report: Report;
}

/** The golden problems of an engine: whether their bits are those that were published. */
export interface GoldenResult {
  readonly engine: string;
  readonly problems: number;
  /** The hash of the results of each problem, by its name. */
  readonly hashes: Readonly<Record<string, string>>;
  /** One short hash of them all. */
  readonly digest: string;
  /** The names of those that differ. */
  readonly different: readonly string[];
}

/** The machine on which it ran. */
export interface Machine {
  readonly qkv: string;
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
}

/** All that a command found. */
export interface Run {
  readonly command: "check" | "selftest";
  readonly machine: Machine;
  readonly subjects: readonly Checked[];
  /** Only of a selftest. */
  readonly golden?: readonly GoldenResult[];
  /** The command that repeats it. */
  readonly repeat: string;
  readonly interrupted: boolean;
}

/** Turns what happens into text. */
export interface Reporter {
  /** A subject comes up. */
  start?(subject: Subject): void;
  /** Before each case. */
  progress?(progress: Progress): void;
  /** After each law. */
  law?(result: Report["laws"][number]): void;
  /** All is done, or was interrupted. */
  end(run: Run): void;
}

/** 0 if all that was asked for holds, 1 if something does not, 2 if it could not be checked. */
export function exitCodeOf({ subjects, golden = [], interrupted }: Run): 0 | 1 | 2 {
  const broken = subjects.some(({ report }) => report.laws.some((law) => law.status === "broken"));
  if (broken || golden.some(({ different }) => different.length > 0)) return 1;
  return !interrupted && subjects.length > 0 && subjects.every(({ report }) => report.ok) ? 0 : 2;
}

/** Where reports go, and what decides on their looks. */
export interface Surroundings {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether `out` and `err` are terminals. */
  readonly terminals: { readonly out: boolean; readonly err: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Columns of the terminal. */
  readonly width: number;
}
