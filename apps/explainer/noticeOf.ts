import type { Encoded } from "./model/messages.js";
import type { State } from "./state.js";

/** What a reader should know of the sentence. */
export function noticeOf({ pieces, cut }: Encoded, state: State): string {
  if (pieces.length === 0)
    return "Type a sentence above, or choose an example: there is no word to look at yet.";
  const left = `the last ${cut} ${cut === 1 ? "is" : "are"} left out.`;
  return [
    ...(cut > 0 ? [`The model reads ${pieces.length} word pieces; ${left}`] : []),
    ...(state.pieces ? ["A ▁ marks where a word begins."] : []),
  ].join(" ");
}
