import * as views from "qkv/views";
import { inside } from "../marks.js";
import { nextShares, type NextShares } from "../model/nextShares.js";
import { outputShares, speaker, type Reading } from "../reading.js";
import type { Settings } from "../scenes/types.js";
import type { State, View } from "./types.js";
import { changedShares } from "./changedShares.js";
import { vectorOf } from "../vectorOf.js";

/** More edges than this are too close to each other to take hold of. */
const mostEdges = 12;

/** What attention gives one word, and what that is added to. A reader may drag the weights. */
export const blend: View = ({ reading, state, settings, width }, about) => {
  const { words, groups, encoded } = reading;
  const { word, key, layer, head } = state;
  const { weights, changed } = weightsOf(reading, state, settings);
  const shares = sharesOf();
  const piece = speaker(groups[word].pieces, encoded.pieces);
  const next = changed || head !== "mean" ? undefined : nextOf(reading, state, piece);
  const picture = views.blend(words, {
    ...about,
    badges: [...about.badges, ...(changed ? ["weights changed by hand"] : [])],
    query: word,
    key,
    shares,
    next,
    weights: changed ? weights : undefined,
    draggable: groups.length <= mostEdges,
  });
  return {
    ...picture,
    caption: [picture.caption, ...notes()].join(" "),
    data: () => ({
      layer,
      head,
      query: word,
      piece,
      keys: words.keys.map(({ id }, at) => ({
        key: at,
        id,
        weight: weights[at],
        share: shares?.[at],
      })),
      next: next && { ...next, keys: Array.from(next.keys) },
      vectors: vectors(),
    }),
    drag(context, { key }, [right]) {
      if (key === undefined) return undefined;
      const { weights } = weightsOf(context.reading, context.state, context.settings);
      const row = context.reading.words.row(context.state.word);
      const blocked = new Set(row.keys.flatMap((it) => (it.blocked ? [it.keyIndex] : [])));
      const after = views.withWeight(
        weights,
        key,
        weights[key] + right / width,
        (at) => !blocked.has(at),
      );
      // All of them: which one was dragged first makes no difference then.
      return Object.fromEntries(after.map((weight, at) => [nameOf(context.state, at), weight]));
    },
  };

  /** Which head of a mean gives more, where someone drags it, nobody says: it has no shares then. */
  function sharesOf(): ArrayLike<number> | undefined {
    if (!changed) return outputShares(reading, state);
    return head === "mean" ? undefined : changedShares(reading, state, head, weights);
  }

  function notes(): string[] {
    if (changed) {
      return head === "mean"
        ? [
            "What each word makes up of the output depends on the weights of each head, and only their mean was changed: choose one head to see it.",
          ]
        : [];
    }
    if (head !== "mean") {
      return [
        "What is added to the word is made from all heads together: choose the mean to see that sum.",
      ];
    }
    const several = groups[word].pieces.length > 1;
    return [
      "Shares of the output and of the sum are those of all heads together, joined as the model joins them.",
      ...(several ? [`The sum is that of its piece “${inside(encoded.pieces[piece])}”.`] : []),
    ];
  }

  /** Of the word's piece, in each head that is shown. */
  function vectors(): unknown {
    const heads = head === "mean" ? reading.explanation.headNames.map((_, h) => h) : [head];
    const { query, key, value } = encoded.layers[layer];
    return heads.map((h) => {
      const [q, k, v] = [query, key, value].map((it) => vectorOf(it, h, piece));
      return { head: h, query: q, key: k, value: v };
    });
  }
};

/** Of one piece of a word, with the weights of all heads. */
function nextOf({ encoded, explanation }: Reading, { layer }: State, piece: number): NextShares {
  const weights = explanation.headNames.map((name) => explanation.head(name).row(piece).weights);
  return nextShares(encoded.layers[layer].next, weights, piece);
}

/** The weights of the word that attends, or those that a reader made of them. */
function weightsOf(
  { words }: Reading,
  state: State,
  settings: Settings,
): { readonly weights: readonly number[]; readonly changed: boolean } {
  const given = Array.from(words.row(state.word).weights);
  const set = given.map((weight, at) => settings[nameOf(state, at)] ?? weight);
  return { weights: set, changed: set.some((weight, at) => weight !== given[at]) };
}

/** The name of a dragged weight: it belongs to one row only. */
function nameOf(state: State, key: number): string {
  const { layer, head, word, temperature, causal, pieces, without } = state;
  return `weight-${key} of ${JSON.stringify([layer, head, word, temperature, causal, pieces, without])}`;
}
