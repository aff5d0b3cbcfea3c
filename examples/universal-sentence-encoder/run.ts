import { UsageError } from "./errors.js";
import { HEADS } from "./architecture.js";
import { readModel } from "./model.js";
import { HELP, readOptions, type Options } from "./options.js";
import { readSentence, type Reading } from "./reading.js";
import { allHeads } from "./render/allHeads.js";
import { colours, plain } from "./render/paint.js";
import { screen, type TitledView } from "./render/screen.js";
import { toJson } from "./toJson.js";

export interface Terminal {
  readonly columns: number;
  readonly rows: number;
  readonly colour: boolean;
}

export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The whole command: arguments in, text out. Exit code 2: the user's mistake, 1: ours. */
export function run(args: readonly string[], terminal: Terminal, load = readModel): Result {
  try {
    const options = readOptions(args);
    if (options.help) return { code: 0, stdout: `${HELP}\n`, stderr: "" };
    const reading = readSentence(load(), options);
    if (options.json) {
      // Nothing but JSON on stdout; what the reader should know besides goes to stderr.
      const notes = reading.notes.map((note) => `demo: note: ${note}\n`).join("");
      return { code: 0, stdout: `${toJson(reading)}\n`, stderr: notes };
    }
    return { code: 0, stdout: `${picture(reading, options, terminal).join("\n")}\n`, stderr: "" };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return error instanceof UsageError
      ? { code: 2, stdout: "", stderr: `demo: ${message}\nTry --help.\n` }
      : { code: 1, stdout: "", stderr: `demo: ${message}\n` };
  }
}

/** The lines of the screen, or with --all of the matrices. */
function picture(reading: Reading, options: Options, terminal: Terminal): string[] {
  const { sentence, words, chosen, notes } = reading;
  const { layer = 1, head = "mean" } = options;
  const frame = {
    sentence,
    words: words.map(({ text }) => text),
    chosen,
    notes,
    width: Math.min(Math.max(terminal.columns, 50), 80),
    paint: terminal.colour ? colours : plain,
  };
  const lines = options.all
    ? allHeads(frame, selectViews(reading, options))
    : // One line for the prompt; 30 lines even where the terminal has fewer.
      screen(frame, titled(reading, layer, head), Math.max(terminal.rows - 1, 30));
  return lines.map((line) => line.trimEnd());
}

/** With --all: every layer and head, as far as --layer and --head leave them. */
function selectViews(reading: Reading, { layer, head }: Options): TitledView[] {
  const layers = layer === undefined ? reading.layers.map((_, index) => index) : [layer];
  const every = [...Array.from({ length: HEADS }, (_, index) => index), "mean" as const];
  const heads = head === undefined ? every : [head];
  return layers.flatMap((l) => heads.map((h) => titled(reading, l, h)));
}

/** The attention between words in a layer and a head, or in the mean of its heads. */
function titled({ layers, words }: Reading, layer: number, head: number | "mean"): TitledView {
  const which = head === "mean" ? `mean of its ${HEADS} heads` : `head ${head + 1} of ${HEADS}`;
  const pieces = head === "mean" ? layers[layer].mean() : layers[layer].head(head);
  return { title: `layer ${layer + 1} of ${layers.length}, ${which}`, view: pieces.words(words) };
}
