/** What the command line cannot run; its message is all that a person needs to see. Exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** In the words of the library's own errors: who, expected, got, fix. */
export function usageError(who: string, expected: string, got: string, fix?: string): UsageError {
  return new UsageError(
    `${who}: expected ${expected}; got ${got}.${fix === undefined ? "" : ` Fix: ${fix}.`}`,
  );
}

/** The name that was probably meant. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const distances = names.map((name) => [editDistance(word, name), name] as const);
  const [least] = distances.sort(([a], [b]) => a - b);
  return least !== undefined && least[0] <= Math.max(2, word.length / 3) ? least[1] : undefined;
}

/** How many letters have to be changed, added or removed (Levenshtein 1966). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[b.length];
}
