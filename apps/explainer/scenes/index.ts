import { bars } from "qkv/views";
import { sceneIds, type SceneId } from "./ids.js";
import type { Scene } from "./types.js";
export const scenes = Object.fromEntries(
  sceneIds.map((id, n): [SceneId, Scene] => [
    id,
    {
      title: `Which bank? ${id}`,
      text: () => [
        "In *river bank flooded* it is **the side of a river**. You know from the words around it, and a network that reads must find out the same way.",
        "Its *query* meets each *key*, and the *value* flows.",
      ],
      picture: ({ reading, state, width }) =>
        bars(reading.words, { width, query: n % 3, subtitle: state.text }),
    },
  ]),
) as Record<SceneId, Scene>;
