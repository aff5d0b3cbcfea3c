/** Whether letters are large: a few words in a wide place are read from a wall. */
export function fromAfar(words: number, width: number): boolean {
  return words <= 8 && width >= 900;
}
