import { parseArgs } from "node:util";

/** One option of a program, a `T` in what is read. */
export interface Flag<T> {
  /** What stands behind the name; absent for a switch. */
  argument?: string;
  help: string;
  /** Part of the command that does the same again: it does not only say where a result goes. */
  repeats: boolean;
  /** Throws for what the option does not take. */
  read: (given: string[], name: string) => T;
}

/** A switch. */
export function flag(help: string, repeats = false): Flag<boolean> {
  return { help, repeats, read: (given) => given.length > 0 };
}

/** Words, each behind an option of its own. */
export function list(argument: string, help: string, repeats = true): Flag<string[]> {
  return { argument, help: `${help}; may be repeated`, repeats, read: (given) => given };
}

/** A file or a folder. */
export function path(argument: string, help: string): Flag<string | undefined> {
  return { argument, help, repeats: false, read: (given) => given.at(-1) };
}

/** A whole number, not below `least`; `usual` where the option is not given. */
export function integer<T extends number | undefined>(
  help: string,
  least: 0 | 1,
  usual: T,
): Flag<number | T> {
  const read = (given: string[], name: string) => {
    const text = given.at(-1);
    if (text === undefined) return usual;
    if (/^\d+$/.test(text) && Number(text) >= least) return Number(text);
    throw new TypeError(`--${name} takes an integer from ${least}, not ${text}`);
  };
  return { argument: "<n>", help, repeats: true, read };
}

/** One of some words, the first where the option is not given. */
export function choice<T extends string>(words: readonly T[], help: string): Flag<T> {
  const read = (given: string[], name: string) => {
    const text = given.at(-1) ?? words[0];
    const word = words.find((word) => word === text);
    if (word !== undefined) return word;
    throw new TypeError(`--${name} takes ${words.join(" or ")}, not ${text}`);
  };
  return { argument: `<${words.join("|")}>`, help, repeats: true, read };
}

type Flags = Record<string, Flag<unknown>>;

/** What a program was asked for. */
export type Options<F extends Flags> = {
  [K in keyof F]: F[K] extends Flag<infer T> ? T : never;
} & {
  /** The command that does the same again, without what only says where the result goes. */
  command: string;
  help: boolean;
};

export interface CommandLine<F extends Flags> {
  /** What `--help` prints. */
  usage: string;
  /** Throws for an option that does not exist, so that a typo does not measure something else. */
  read: (args: readonly string[]) => Options<F>;
}

/** The options of `npm run <program> -- …`. */
export function commandLine<F extends Flags>(program: string, flags: F): CommandLine<F> {
  const entries = Object.entries<Flag<unknown>>({ ...flags, help: flag("name the options") });
  const signatures = entries.map(([name, { argument = "" }]) => `--${name} ${argument}`);
  const width = Math.max(...signatures.map(({ length }) => length));
  const lines = entries.map(([, { help }], i) => `  ${signatures[i].padEnd(width)}  ${help}`);
  const config = entries.map(([name, { argument }]) => {
    const type: "string" | "boolean" = argument === undefined ? "boolean" : "string";
    return [name, { type, multiple: true }] as const;
  });
  return {
    usage: [`npm run ${program} -- [options]`, ...lines].join("\n"),
    read(args) {
      const { values } = parseArgs({ args: [...args], options: Object.fromEntries(config) });
      const given = (name: string) => ((values[name] ?? []) as unknown[]).map(String);
      const words = entries.flatMap(([name, { argument, repeats }]) =>
        (repeats ? given(name) : []).flatMap((word) =>
          argument === undefined ? [`--${name}`] : [`--${name}`, quoted(word)],
        ),
      );
      const command = [`npm run ${program}`, ...(words.length > 0 ? ["--", ...words] : [])];
      const read = entries.map(([name, { read }]) => [name, read(given(name), name)]);
      return { ...Object.fromEntries(read), command: command.join(" ") } as Options<F>;
    },
  };
}

const quoted = (word: string) => (/^[\w.-]+$/.test(word) ? word : JSON.stringify(word));

/**
 * Runs a program: `run` says whether all is well. Ends with 0 if it is, with 1 if not, with 2 for wrong
 * options and for what is thrown.
 */
export async function start<F extends Flags>(
  { usage, read }: CommandLine<F>,
  run: (options: Options<F>) => Promise<boolean>,
): Promise<never> {
  let options: Options<F>;
  try {
    options = read(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
  if (options.help) {
    console.log(usage);
    process.exit(0);
  }
  try {
    // Some libraries would keep the process alive.
    process.exit((await run(options)) ? 0 : 1);
  } catch (error) {
    // TensorFlow.js answers an error that nobody caught by printing all of its own source.
    console.error(error);
    process.exit(2);
  }
}

/** What is going on, in the last line of a terminal. */
export function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}
