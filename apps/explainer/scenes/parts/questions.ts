/** Words that ask for their neighbours, and what they could be. */
const questions: ReadonlyMap<string, string> = new Map([
  ["bank", "Which bank? Of a river, or one with money?"],
  ["bat", "Which bat? An animal, or a piece of wood?"],
  ["it", "Who is “it”?"],
  ["they", "Who are “they”?"],
  ["bass", "Which bass? A fish, or a low voice?"],
  ["spring", "Which spring? A season, a source, or a coil?"],
]);

/** What a word asks, if it is known to have several meanings. */
export const questionOf = (word: string): string | undefined =>
  questions.get(word.toLowerCase().replace(/[^\p{L}]/gu, ""));
