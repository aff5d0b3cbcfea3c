import { parseArgs } from "node:util";
import { UsageError } from "./errors.js";
import { HEADS } from "./architecture.js";

export interface Options {
  readonly sentence: string;
  readonly word?: string | undefined;
  /** From 0, as an index; the command line counts from 1. */
  readonly layer?: number | undefined;
  readonly head?: number | "mean" | undefined;
  readonly all: boolean;
  readonly pieces: boolean;
  readonly json: boolean;
  readonly help: boolean;
}

export const HELP = `Shows what the words of a sentence attend to in a trained Transformer encoder.

  npm run demo -- "river bank flooded" --word bank

  -w, --word WORD     the word to look at; bank:2 is the second "bank"
                      (default: the longest)
  -l, --layer 1|2     default 2
      --head 1…4|mean default mean, the average of the 4 heads
  -p, --pieces        show word pieces; else the pieces of a word are joined
  -a, --all           the matrices of all layers and heads
  -j, --json          all numbers as JSON
  -h, --help

Without a sentence: "river bank flooded", bank. Colour: NO_COLOR=1 turns it off,
FORCE_COLOR=1 keeps it in a pipe.`;

const OPTIONS = {
  word: { type: "string", short: "w" },
  layer: { type: "string", short: "l" },
  head: { type: "string" },
  all: { type: "boolean", short: "a" },
  pieces: { type: "boolean", short: "p" },
  json: { type: "boolean", short: "j" },
  help: { type: "boolean", short: "h" },
} as const;

const LAYERS = ["1", "2"];
const HEAD_NAMES = [...Array.from({ length: HEADS }, (_, i) => String(i + 1)), "mean"];

/** @throws UsageError for an unknown option or a value that is none of its choices. */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parse(args);
  const layer = oneOf("--layer", LAYERS, values.layer);
  const head = oneOf("--head", HEAD_NAMES, values.head);
  const given = positionals.length > 0;
  // Words that the shell took apart are one sentence; spaces between words count once.
  const sentence = positionals.join(" ").normalize("NFKC").replace(/\s+/gu, " ").trim();
  if (given && sentence === "" && !values.help) {
    throw new UsageError("the sentence is empty: there is nothing to attend to");
  }
  return {
    sentence: given ? sentence : "river bank flooded",
    word: values.word ?? (given ? undefined : "bank"),
    layer: layer === undefined ? undefined : Number(layer) - 1,
    head: head === undefined || head === "mean" ? head : Number(head) - 1,
    all: values.all ?? false,
    pieces: values.pieces ?? false,
    json: values.json ?? false,
    help: values.help ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    const names = Object.keys(OPTIONS).map((name) => `--${name}`);
    const [firstSentence] = (error as Error).message.split(/\. |\n/u);
    throw new UsageError(`${firstSentence}. The options are ${names.join(", ")}`);
  }
}

function oneOf<T extends string>(
  option: string,
  choices: readonly T[],
  value: string | undefined,
): T | undefined {
  const found = choices.find((choice) => choice === value);
  if (value === found) return found;
  throw new UsageError(`${option} ${value}: expected one of ${choices.join(", ")}`);
}
