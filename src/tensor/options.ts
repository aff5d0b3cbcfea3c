import { describe, tagOf, typeError } from "./errors.js";

/**
 * Refuses options that do not exist, with the name of the one that was meant. A typo in an option
 * would otherwise compute something else than what was asked for.
 */
export function checkOptions(
  fn: string,
  options: unknown,
  known: readonly string[],
  hints: Readonly<Record<string, string>> = {},
  argument = "options",
): void {
  if (options === undefined) return;
  // A tensor in the place of options is one argument too many.
  const tensor = typeof options === "object" && options !== null && "data" in options;
  if (tagOf(options) !== "Object" || (tensor && "shape" in options)) {
    throw typeError(fn, argument, `an object with any of ${known.join(", ")}`, describe(options));
  }
  for (const name of Object.keys(options as object)) {
    if (known.includes(name)) continue;
    const fix = hintFor(name, known, hints);
    throw typeError(
      fn,
      `${argument}.${name}`,
      fix === undefined ? `one of ${known.join(", ")}` : "a known name",
      JSON.stringify(name),
      fix,
    );
  }
}

function hintFor(
  name: string,
  known: readonly string[],
  hints: Readonly<Record<string, string>>,
): string | undefined {
  const plain = plainName(name);
  const aliases = Object.keys(hints);
  const alias =
    aliases.find((name) => plainName(name) === plain) ??
    aliases.find((name) => plain.startsWith(plainName(name)) || plain.endsWith(plainName(name)));
  if (alias !== undefined) return hints[alias];
  const meant =
    known.find((option) => plainName(option) === plain) ??
    known.find((option) => isClose(plainName(option), plain));
  return meant === undefined ? undefined : `write \`${meant}\``;
}

/** `is_causal`, `isCausal` and `IsCausal` are the same name in another spelling. */
function plainName(name: string): string {
  return name.replace(/[_-]/g, "").toLowerCase();
}

/** True for letters in another order, and where one name holds the other. */
function isClose(a: string, b: string): boolean {
  const sorted = (text: string): string => [...text].sort().join("");
  return b.length > 2 && (a.includes(b) || b.includes(a) || sorted(a) === sorted(b));
}
