export interface Token {
  readonly id: number;
  /** As the vocabulary spells it: "▁" marks the beginning of a word, "�" is unknown. */
  readonly piece: string;
  /** The characters of the sentence that the piece stands for. */
  readonly text: string;
}

export type Tokenizer = (sentence: string) => Token[];

const WORD_START = "▁";
/** The id of what the vocabulary does not know, such as emoji and other scripts. */
export const UNKNOWN = 0;
/** The first entries of the vocabulary (unknown, <s>, </s>, spare) never match text. */
const RESERVED = 6;

/** `[piece, log probability]` in the order of the ids. */
export type Vocabulary = readonly (readonly [piece: string, score: number | null])[];

/**
 * SentencePiece's unigram model: of all ways to cut the sentence into pieces, the one whose scores
 * sum highest (Kudo 2018, "Subword Regularization", section 3.2), found by the Viterbi algorithm.
 *
 * The ids are those of `@tensorflow-models/universal-sentence-encoder`, in three details too:
 * - a few scores are missing from `vocab.json` (those of ":", "▁:", "):" …); they count as 0;
 * - a best score of exactly 0 counts as "not reached yet", so a later cut replaces it;
 * - of two cuts with equal scores the one with the shorter last piece wins.
 */
export function createTokenizer(vocabulary: Vocabulary): Tokenizer {
  const ids = new Map<string, number>();
  let longest = 1;
  for (let id = RESERVED; id < vocabulary.length; id++) {
    const [piece] = vocabulary[id];
    ids.set(piece, id);
    longest = Math.max(longest, [...piece].length);
  }

  return (sentence) => {
    const normalized = sentence.normalize("NFKC");
    if (normalized === "") return [];
    const characters = [...(WORD_START + normalized.replaceAll(" ", WORD_START))];

    // Forward: the best piece that ends after each character, given the best cut before it.
    const best = new Float64Array(characters.length + 1);
    const begin = new Int32Array(characters.length + 1);
    const lastId = new Int32Array(characters.length + 1);
    const offer = (start: number, end: number, id: number, score: number) => {
      const total = best[start] + score;
      if (best[end] !== 0 && total < best[end]) return;
      best[end] = total;
      begin[end] = start;
      lastId[end] = id;
    };
    for (let start = 0; start < characters.length; start++) {
      let piece = "";
      let matched = false;
      for (let end = start + 1; end <= Math.min(start + longest, characters.length); end++) {
        piece += characters[end - 1];
        const id = ids.get(piece);
        if (id === undefined) continue;
        matched = true;
        offer(start, end, id, vocabulary[id][1] ?? 0);
      }
      if (!matched) offer(start, start + 1, UNKNOWN, 0);
    }

    // Backward: read the cut off. Neighbouring unknown characters become one token.
    const tokens: Token[] = [];
    for (let end = characters.length; end > 0; end = begin[end]) {
      const id = lastId[end];
      const text = characters.slice(begin[end], end).join("");
      const next = tokens.at(-1);
      if (id === UNKNOWN && next?.id === UNKNOWN) {
        tokens[tokens.length - 1] = { ...next, text: text + next.text };
      } else {
        tokens.push({ id, piece: vocabulary[id][0], text });
      }
    }
    return tokens.reverse();
  };
}
