/** Colours for a terminal, or none. */
export interface Colours {
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
}

/** `FORCE_COLOR` and `NO_COLOR` (https://no-color.org) decide, otherwise whether it is a terminal. */
export function coloursFor(
  terminal: boolean,
  env: Readonly<Record<string, string | undefined>>,
): Colours {
  const { FORCE_COLOR: force, NO_COLOR: no } = env;
  const on = no ? false : force === undefined ? terminal && env.TERM !== "dumb" : force !== "0";
  const paint =
    (code: number) =>
    (text: string): string =>
      on ? `\u001b[${code}m${text}\u001b[${code < 10 ? 22 : 39}m` : text;
  return { red: paint(31), green: paint(32), yellow: paint(33), dim: paint(2), bold: paint(1) };
}
