import { UsageError } from "./errors.js";
import { headWeights } from "./headWeights.js";
import { HEADS } from "./architecture.js";
import { readModel } from "./model.js";
import { HELP, readOptions, type Options } from "./options.js";
import { readSentence, type Reading } from "./reading.js";
import { allHeads } from "./render/allHeads.js";
import { colours, plain } from "./render/paint.js";
import { screen } from "./render/screen.js";
import { toJson } from "./toJson.js";
import { joinWeights } from "./words.js";

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
export function picture(reading: Reading, options: Options, terminal: Terminal): string[] {
  const { layer, head } = options;
  const common = {
    sentence: reading.sentence,
    words: reading.words.map(({ text }) => text),
    chosen: reading.chosen,
    notes: reading.notes,
    width: Math.min(Math.max(terminal.columns, 50), 80),
    paint: terminal.colour ? colours : plain,
  };
  const lines = options.all
    ? allHeads({ ...common, matrices: selectMatrices(reading, options) })
    : screen({
        ...common,
        weights: weightsOf(reading, layer, head),
        source: title(layer, head),
        // One line for the prompt; 30 lines even where the terminal has fewer.
        height: Math.max(terminal.rows - 1, 30),
      });
  return lines.map((line) => line.trimEnd());
}

/** With --all: every layer and head, as far as --layer and --head leave them. */
function selectMatrices(reading: Reading, options: Options) {
  const { layer, head, layerGiven, headGiven } = options;
  const layers = layerGiven ? [layer] : reading.encoding.weights.map((_, index) => index);
  const every = [...Array.from({ length: HEADS }, (_, index) => index), "mean" as const];
  const heads = headGiven ? [head] : every;
  return layers.flatMap((l) =>
    heads.map((h) => ({ title: title(l, h), weights: weightsOf(reading, l, h) })),
  );
}

function weightsOf({ encoding, words }: Reading, layer: number, head: number | "mean") {
  return joinWeights(headWeights(encoding.weights[layer], head), words);
}

function title(layer: number, head: number | "mean"): string {
  const which = head === "mean" ? `mean of its ${HEADS} heads` : `head ${head + 1} of ${HEADS}`;
  return `layer ${layer + 1} of 2, ${which}`;
}
