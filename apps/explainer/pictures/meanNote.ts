import { inside, percent } from "../marks.js";
import type { Reading } from "../reading.js";
import { storyOf, strongestOf } from "../scenes/parts/story.js";

/** What a mean hides: what each head gives another word, and that none does where that is so. */
export function meanNote(reading: Reading, word: number): string {
  const heads = strongestOf(reading, word, reading.layer).map(({ head, key, weight }) => {
    const other = inside(reading.groups[key].text);
    return `head ${head + 1} “${other}” ${percent(weight)}`;
  });
  if (heads.length === 0) return "";
  const none = storyOf(reading, word) === undefined ? " None singles another word out." : "";
  return ` Beside the word itself, head by head: ${heads.join(", ")}.${none}`;
}
