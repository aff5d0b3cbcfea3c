import { toNested } from "qkv/core";
import { principalPlane, type PrincipalPlane, type Token } from "qkv/explain";
import * as views from "qkv/views";
import { inside } from "../marks.js";
import type { EncodedLayer } from "../model/messages.js";
import { speaker } from "../reading.js";
import type { Pair, View } from "./types.js";

/** The vectors of one head, and the plane that keeps most of them. */
interface Vectors {
  readonly queries: readonly number[][];
  readonly keys: readonly number[][];
  readonly plane: PrincipalPlane;
}

const known = new WeakMap<EncodedLayer, Map<number, Vectors>>();

/** Computed once: while a reader drags, the plane stays. */
function vectorsOf(layer: EncodedLayer, head: number): Vectors {
  const heads = known.get(layer) ?? new Map<number, Vectors>();
  known.set(layer, heads);
  const found = heads.get(head);
  if (found) return found;
  const [queries, keys] = [layer.query, layer.key].map(
    (them) => (toNested(them) as unknown as number[][][])[head],
  );
  const made = { queries, keys, plane: principalPlane([...queries, ...keys]) };
  heads.set(head, made);
  return made;
}

/** The head that a reader chose; of a mean the one with the largest weight in the row of a piece. */
function headOf({ reading: { explanation }, state: { head } }: Pair, piece: number): number {
  if (head !== "mean") return head;
  const most = explanation.headNames.map((_, h) =>
    Math.max(...explanation.head(h).row(piece).weights),
  );
  return most.indexOf(Math.max(...most));
}

/** The queries and keys of one head as a map, between pieces: words have no vectors of their own. */
export const map: View = (pair, about) => {
  const { reading, state, settings } = pair;
  const { groups, encoded, explanation } = reading;
  const { pieces } = encoded;
  const spoken = (word: number): number => speaker(groups[word].pieces, pieces);
  const wordOf = pieces.map((_, piece) => groups.findIndex((it) => it.pieces.includes(piece)));
  const query = spoken(state.word);
  const head = headOf(pair, query);
  const vectors = vectorsOf(encoded.layers[state.layer], head);
  const { scale } = encoded.layers[state.layer];
  const name = (text: string): string => (state.pieces ? text : text.replace(/^▁(?=.)/, ""));
  const tokens = explanation.tokens.map((it): Token => ({ ...it, text: name(it.text) }));
  const view = { ...explanation.head(head), queries: tokens, keys: tokens };

  // A move is that of one query in one head.
  const of = (state.layer * 64 + head) * 4096 + query;
  const { mapX = 0, mapY = 0, mapOf } = settings;
  const moved = mapOf === of ? ([mapX, mapY] as const) : ([0, 0] as const);
  const picture = views.plane(
    { view, queries: vectors.queries, keys: vectors.keys, scale: scale / state.temperature },
    {
      width: about.width,
      subtitle: `${inside(state.text.trim())} · layer ${state.layer + 1}, head ${head + 1}`,
      badges: badgesOf(),
      query,
      key: state.key === undefined ? undefined : spoken(state.key),
      moved,
      paint: (piece) => `word-${wordOf[piece]}`,
      plane: vectors.plane,
    },
  );
  const { now, plane } = picture;
  return {
    ...picture,
    marks: state.pieces ? picture.marks : picture.marks.map(toWords),
    drag(_context, _target, by) {
      const [x, y] = picture.movedBy(by);
      return { mapX: x, mapY: y, mapOf: of };
    },
    data: () => ({
      layer: state.layer,
      head,
      query,
      moved: picture.moved,
      kept: plane.kept,
      axes: plane.axes.map((axis) => [...axis]),
      scale: scale / state.temperature,
      queries: tokens.map(({ text }, i) => {
        const vector = i === query ? now.query : vectors.queries[i];
        return { index: i, text, at: plane.points[i], vector };
      }),
      keys: tokens.map(({ text }, j) => {
        const at = plane.points[tokens.length + j];
        const [score, weight] = [now.scores[j], now.weights[j]];
        return { index: j, text, at, vector: vectors.keys[j], score, weight };
      }),
    }),
  };

  function badgesOf(): string[] {
    const word = `“${inside(groups[state.word].text)}”`;
    const several = groups[state.word].pieces.length > 1 && !state.pieces;
    return [
      ...(state.head === "mean"
        ? [`head ${head + 1}: of all heads the largest weight of ${word}`]
        : []),
      ...(several ? [`of ${word} the piece “${inside(name(pieces[query]))}”`] : []),
      ...about.badges.filter((badge) => !badge.startsWith("mean")),
      ...(moved[0] !== 0 || moved[1] !== 0 ? ["query moved by hand"] : []),
    ];
  }

  /** The page counts in words. */
  function toWords(mark: views.Mark): views.Mark {
    const { target, marks } = mark;
    const { query, key } = target ?? {};
    const inWords = {
      ...target,
      ...(query !== undefined && { query: wordOf[query] }),
      ...(key !== undefined && { key: wordOf[key] }),
    };
    return {
      ...mark,
      ...(marks && { marks: marks.map(toWords) }),
      ...(target && { target: inWords }),
    };
  }
};
