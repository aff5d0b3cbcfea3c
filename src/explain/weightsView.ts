import { checkArguments, rangeError, typeError } from "../tensor/index.js";
import { rowOf, sentence } from "./attended.js";
import { blendOf } from "./blend.js";
import { effectiveKeysOf, entropyOf, normalizedEntropyOf } from "./entropy.js";
import { readCount, readGroups, readIndex, readKeys } from "./readArguments.js";
import { pairOf, pairsOf } from "./pairs.js";
import type { Source, SourceRow } from "./source.js";
import type { Mass, TidyRow } from "./types.js";
import type { WeightsView } from "./viewTypes.js";
import { wordSource } from "./wordSource.js";

/** The view on a source of weights. */
export function weightsView(source: Source): WeightsView {
  const { name, queries, keys } = source;
  const at = (fn: string, i: number, count: number, names = ["i"]): SourceRow => {
    checkArguments(fn, count, names);
    return source.row(readIndex(fn, "i", i, queries.length));
  };
  const view: WeightsView = {
    name,
    queries,
    keys,
    row(i) {
      return rowOf(source, i, at("row", i, arguments.length));
    },
    matrix() {
      checkArguments("matrix", arguments.length, []);
      const rows = queries.map(({ index }) => source.row(index));
      return {
        queries,
        keys,
        weights: rows.map(({ weights }) => Array.from(weights)),
        entropy: rows.map(entropyOf),
        normalizedEntropy: rows.map(normalizedEntropyOf),
      };
    },
    blend(i) {
      return blendOf(at("blend", i, arguments.length), keys);
    },
    tidy() {
      checkArguments("tidy", arguments.length, []);
      return queries.flatMap(({ index }) => tidyRows(source, index));
    },
    why(i, j) {
      const row = at("why", i, arguments.length, ["i", "j"]);
      const pair = pairOf(source, i, readIndex("why", "j", j, keys.length), row);
      return { ...pair, pairs: source.pieces ? pairsOf(source, [i], [j]) : [pair] };
    },
    entropy(i) {
      return entropyOf(at("entropy", i, arguments.length));
    },
    normalizedEntropy(i) {
      return normalizedEntropyOf(at("normalizedEntropy", i, arguments.length));
    },
    effectiveKeys(i) {
      return effectiveKeysOf(at("effectiveKeys", i, arguments.length));
    },
    topK(i, k) {
      const row = at("topK", i, arguments.length, ["i", "k"]);
      return rowOf(source, i, row).keys.slice(0, readCount("topK", "k", k));
    },
    mass(i) {
      return massOf(source, i, at("mass", i, arguments.length));
    },
    withoutKeys(left) {
      checkArguments("withoutKeys", arguments.length, ["keys"]);
      const after = source.without(readKeys("withoutKeys", left, keys.length));
      return { before: view, after: weightsView(after) };
    },
    words(groups, keyGroups) {
      checkArguments("words", arguments.length, ["groups", "keyGroups"]);
      const queryWords = readGroups("words", "groups", groups, queries);
      if (keyGroups === undefined && queries !== keys) {
        const got = "none, and keys are not the same sequence as queries";
        throw typeError("words", "keyGroups", "the words of the keys", got);
      }
      const keyWords =
        keyGroups === undefined ? queryWords : readGroups("words", "keyGroups", keyGroups, keys);
      return weightsView(wordSource(source, queryWords, keyWords));
    },
    toJSON() {
      const rows = queries.map(({ index }) => source.row(index));
      return {
        name,
        queries,
        keys,
        weights: rows.map(({ weights }) => Array.from(weights)),
        entropy: rows.map(entropyOf),
        rest: rows.map(({ rest }) => rest),
      };
    },
  };
  return view;
}

function tidyRows(source: Source, i: number): TidyRow[] {
  const { weights, scores, blocked } = source.row(i);
  const { name: head, layer } = source;
  const query = source.queries[i];
  return source.keys.map((key, j) => ({
    layer,
    head,
    query: query.text,
    queryId: query.id,
    queryIndex: i,
    key: key.text,
    keyId: key.id,
    keyIndex: j,
    score: scores ? scores[j] : null,
    weight: weights[j],
    blocked: blocked ? blocked[j] === 1 : null,
    reason: blocked?.[j] === 1 ? sentence(source, i, j) : "",
  }));
}

function massOf({ offset }: Source, i: number, { weights }: SourceRow): Mass {
  if (offset === undefined) {
    throw rangeError(
      "mass",
      "i",
      "queries that stand among the keys",
      "keys of another sequence, or L ≠ S without an alignment",
    );
  }
  const at = (j: number): number => weights[j] ?? 0;
  return { self: at(i + offset), previous: at(i + offset - 1), first: at(0) };
}
