import { inside, percent } from "./marks.js";
import type { Reading } from "./reading.js";
import type { State } from "./state.js";

const page = "What the model looks at";

/**
 * `bank → flooded 39 % · river bank flooded · What the model looks at`, in a scene with its heading instead of the
 * pair: tells tabs and steps back apart.
 */
export function titleOf(
  state: Pick<State, "text" | "word">,
  reading?: Reading,
  heading?: string,
): string {
  const text = state.text.trim();
  const sentence = text.length > 60 ? `${text.slice(0, 59).trimEnd()}…` : text;
  if (reading === undefined) return sentence === "" ? page : `${inside(sentence)} · ${page}`;
  if (heading !== undefined) return `${heading} · ${inside(sentence)} · ${page}`;
  const { query, keys } = reading.words.row(state.word);
  const [most] = keys;
  const pair = `${inside(query.text)} → ${inside(most.key)} ${percent(most.weight)}`;
  return `${pair} · ${inside(sentence)} · ${page}`;
}
