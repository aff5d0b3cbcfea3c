/** Paints text for a terminal, or leaves it as it is. */
export interface Paint {
  readonly inColour: boolean;
  bold(text: string): string;
  dim(text: string): string;
  /** The colour of the index-th word, in the bars and in the blend. */
  word(text: string, index: number): string;
  /** Background from dark (0) to bright (1), for a cell of the matrix. */
  heat(text: string, strength: number): string;
}

/** Colours of the 256-colour palette that stand out on black and on white. */
const WORDS = [39, 208, 41, 170, 178, 37, 203, 105];
/** From black-blue to yellow, with a brightness that rises evenly. */
const HEAT = [17, 18, 24, 30, 36, 72, 114, 185, 227];
const FIRST_BRIGHT = 4;

const escape = (open: string, text: string) => `\x1b[${open}m${text}\x1b[0m`;

export const plain: Paint = {
  inColour: false,
  bold: (text) => text,
  dim: (text) => text,
  word: (text) => text,
  heat: (text) => text,
};

export const colours: Paint = {
  inColour: true,
  bold: (text) => escape("1", text),
  dim: (text) => escape("2", text),
  word: (text, index) => escape(`38;5;${WORDS[index % WORDS.length]}`, text),
  heat(text, strength) {
    const step = Math.min(Math.floor(strength * HEAT.length), HEAT.length - 1);
    return escape(`38;5;${step < FIRST_BRIGHT ? 255 : 16};48;5;${HEAT[step]}`, text);
  },
};

/**
 * Whether to write in colour: FORCE_COLOR decides, then NO_COLOR (any text), then whether the
 * output is a terminal that understands more than text.
 */
export function wantsColour(isTerminal: boolean, env: Record<string, string | undefined>): boolean {
  if (env.FORCE_COLOR !== undefined) return !["0", "false"].includes(env.FORCE_COLOR);
  if (env.NO_COLOR) return false;
  return isTerminal && env.TERM !== "dumb";
}
