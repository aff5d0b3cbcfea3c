import type { WeightsExplanation } from "../../explain/index.js";
import { describe, rangeError } from "../../tensor/index.js";
import { fn } from "./readData.js";
import { viewNames, type Scene, type ViewName } from "./viewTable.js";

type Asked = (attribute: string) => string | null;

export function readView(asked: string | null): ViewName {
  const name = asked ?? "bars";
  if (viewNames.includes(name as ViewName)) return name as ViewName;
  throw rangeError(fn, "view", viewNames.join(", "), describe(name));
}

/** A position that an attribute says. */
export function readPosition(name: string, asked: string): number {
  if (/^\d+$/.test(asked.trim())) return Number(asked);
  throw rangeError(fn, name, "a position, from 0", describe(asked));
}

export function readHead(asked: string | null): number | "mean" {
  if (asked === null || asked === "mean") return "mean";
  if (/^\d+$/.test(asked.trim())) return Number(asked);
  throw rangeError(fn, "head", '"mean", or the number of a head, from 0', describe(asked));
}

/** What the attributes ask for, in the data. */
export function readScene(layers: readonly WeightsExplanation[], asked: Asked): Scene {
  const layer = within("layer", asked("layer") ?? "0", layers.length, "layers");
  const explanation = layers[layer];
  const head = readHead(asked("head"));
  if (head !== "mean") within("head", String(head), explanation.heads, "heads");
  const key = asked("key");
  return {
    layers,
    layer,
    head,
    query: within("query", asked("query") ?? "0", explanation.tokens.length, "tokens"),
    key: key === null ? undefined : within("key", key, explanation.keyTokens.length, "keys"),
    // The mean of one head is that head, and has its name.
    weights:
      head === "mean" && explanation.heads > 1
        ? explanation.mean()
        : explanation.head(head === "mean" ? 0 : head),
  };
}

function within(name: string, asked: string, count: number, what: string): number {
  const position = readPosition(name, asked);
  if (position < count) return position;
  const last = count - 1;
  throw rangeError(fn, name, `at most ${last}, for there are ${count} ${what}`, String(position));
}
