import { describe, typeError } from "./errors.js";

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
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw typeError(fn, argument, `an object with any of ${known.join(", ")}`, describe(options));
  }
  for (const name of Object.keys(options)) {
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
  for (const alias of Object.keys(hints)) if (plainName(alias) === plain) return hints[alias];
  let closest: string | undefined;
  let least = 3;
  for (const option of known) {
    const edits = distance(plainName(option), plain);
    if (edits < least) [closest, least] = [option, edits];
  }
  return closest === undefined ? undefined : `write \`${closest}\``;
}

/** `is_causal`, `isCausal` and `IsCausal` are the same name in another spelling. */
function plainName(name: string): string {
  return name.replace(/[_-]/g, "").toLowerCase();
}

/** Levenshtein distance of two short names. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, substitution));
    }
    row = next;
  }
  return row[b.length];
}
