import type { SceneContext } from "../types.js";
import { askedOf, rawOf, wordOf } from "./attention.js";
import { chip } from "./chip.js";
import { fit, text, textWidth, type Mark } from "../../marks.js";

/** A piece of a word in a row of its own. */
export interface Row {
  readonly piece: number;
  readonly word: number;
  readonly y: number;
  readonly height: number;
  readonly name: string;
  readonly known: boolean;
  /** Whether its query is the one that is shown. */
  readonly asks: boolean;
}

export interface Rows {
  readonly rows: readonly Row[];
  /** The words beside their rows, and the names of pieces. */
  readonly marks: readonly Mark[];
  /** Where the rows begin, from the left, and end, from the top. */
  readonly left: number;
  readonly bottom: number;
  /** Of the numbers in the rows. */
  readonly size: number;
  /** Words that have no row. */
  readonly hidden: number;
}

export interface RowsOptions {
  readonly top?: number;
  /** At most so many. Default 12. */
  readonly most?: number;
  /** Of a row; more where there are few and the picture is wide. */
  readonly height?: number;
  /** Instead of `height`, for each piece. */
  readonly heightOf?: (piece: number) => number;
  /** Orders the words that are shown. */
  readonly order?: (words: readonly number[]) => readonly number[];
  /** From the left edge. */
  readonly from?: number;
  /** Whether words are counted, and not their pieces. */
  readonly whole?: boolean;
  /** Whether pieces of words have their names beside them. Default true. */
  readonly named?: boolean;
}

/** A row for each piece of the words nearest to the one that looks: what most scenes stand on. */
export function rowsOf(context: SceneContext, options: RowsOptions = {}): Rows {
  const { top = 0, most = 12, height = 44, from = 0, named = true, whole = false } = options;
  const { groups, encoded } = context.reading;
  const near = shownWords(context, most, whole);
  const words = options.order?.(near) ?? near;
  const letter = context.width >= 720 ? 18 : 15;
  const widest = Math.max(...words.map((word) => textWidth(groups[word].text, letter, 600)));
  const chipWidth = Math.min(Math.max(widest + 24, 56), context.width * 0.27);
  const parts = words.flatMap((word) =>
    named && groups[word].pieces.length > 1 ? groups[word].pieces : [],
  );
  const nameOf = (piece: number): string => encoded.pieces[piece].replace(/^▁(?=.)/u, "");
  const pieceRoom = Math.min(
    Math.max(0, ...parts.map((piece) => textWidth(nameOf(piece), 12) + 10)),
    context.width * 0.12,
  );
  const count = words.reduce((sum, word) => sum + Math.min(mostPieces, groups[word].pieces.length), 0); // prettier-ignore
  const tall = context.width >= 720 && count <= 6 ? height * 1.4 : height;
  const { heightOf = () => tall } = options;
  const asks = askedOf(context).piece;
  const raw = rawOf(context, askedOf(context));
  const rows: Row[] = [];
  const marks: Mark[] = [];
  let y = top;
  for (const word of words) {
    const pieces = whole ? groups[word].pieces : partOf(groups[word].pieces, raw, asks);
    const start = y;
    for (const piece of pieces) {
      const rowHeight = heightOf(piece);
      rows.push({ piece, word, y, height: rowHeight, name: nameOf(piece), known: encoded.known[piece], asks: piece === asks }); // prettier-ignore
      if (named && pieces.length > 1) {
        const shown = fit(nameOf(piece), pieceRoom - 6, 12);
        marks.push(text(`piece-${piece}`, from + chipWidth + 8, y + rowHeight / 2, shown, { size: 12, fill: "soft" })); // prettier-ignore
      }
      y += rowHeight;
    }
    const pad = Math.min(4, (y - start) * 0.06);
    const box = { x: from, y: start + pad, width: chipWidth, height: y - start - 2 * pad };
    marks.push(chip(context, word, box, Math.min(letter, box.height * 0.55)));
  }
  const left = from + chipWidth + pieceRoom + (context.width < 480 ? 10 : 20);
  const size = context.width >= 720 ? 17 : 14;
  return { rows, marks, left, bottom: y, size, hidden: groups.length - words.length };
}

/** More pieces than these of one word have no rows. */
const mostPieces = 6;

/** The pieces of a word that have rows: those that the query meets with the highest scores, and its own. */
function partOf(
  pieces: readonly number[],
  raw: readonly number[],
  asks: number,
): readonly number[] {
  if (pieces.length <= mostPieces) return pieces;
  const rank = (piece: number): number => (piece === asks ? Infinity : raw[piece]);
  const kept = new Set([...pieces].sort((a, b) => rank(b) - rank(a)).slice(0, mostPieces));
  return pieces.filter((piece) => kept.has(piece));
}

/**
 * The words that are shown of a sentence, in its order, as many as have room: the one that looks, then by turns one that
 * its query meets with a high score and one that stands near.
 */
export function shownWords(context: SceneContext, most: number, whole = true): number[] {
  const { groups } = context.reading;
  const word = wordOf(context);
  const raw = rawOf(context, askedOf(context));
  const all = groups.map((_, n) => n);
  const best = all.map((n) => Math.max(...groups[n].pieces.map((piece) => raw[piece])));
  const strong = [...all].sort((a, b) => best[b] - best[a]);
  const near = [...all].sort((a, b) => Math.abs(a - word) - Math.abs(b - word));
  const size = (n: number): number => (whole ? 1 : Math.min(mostPieces, groups[n].pieces.length));
  // Whatever room there is: without the key that gets most there is nothing to tell.
  const shown = new Set([word, strong[0]]);
  let room = most - [...shown].reduce((sum, n) => sum + size(n), 0);
  for (const n of all.flatMap((at) => [strong[at], near[at]])) {
    if (shown.has(n) || size(n) > room) continue;
    shown.add(n);
    room -= size(n);
  }
  return all.filter((n) => shown.has(n));
}
