/** The sentences whose numbers are computed ahead: `npm run -s examples`. */
export const sentences = [
  "river bank flooded",
  "money bank closed",
  "the bat hit the ball",
  "the bat flew out of the cave",
  "the animal did not cross the street because it was too tired",
] as const;

/** `river-bank-flooded`: the name of a sentence's file. */
export const slugOf = (sentence: string): string => sentence.replaceAll(" ", "-");
