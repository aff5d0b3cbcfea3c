import { blend } from "./blend.js";
import { bottleneck } from "./bottleneck.js";
import { causal } from "./causal.js";
import { dot } from "./dot.js";
import { heads } from "./heads.js";
import type { SceneId } from "./ids.js";
import { forWall } from "./parts/forWall.js";
import { position } from "./position.js";
import { qkv } from "./qkv.js";
import { reading } from "./reading.js";
import { scale } from "./scale.js";
import { sentence } from "./sentence.js";
import { softmax } from "./softmax.js";
import type { Scene } from "./types.js";
import { uses } from "./uses.js";
import { vector } from "./vector.js";

/** The story, scene by scene. */
export const scenes: Readonly<Record<SceneId, Scene>> = {
  sentence: forWall(sentence),
  vector: forWall(vector),
  qkv: forWall(qkv),
  dot: forWall(dot),
  scale: forWall(scale),
  softmax: forWall(softmax),
  blend: forWall(blend),
  heads: forWall(heads),
  causal: forWall(causal),
  position: forWall(position),
  bottleneck: forWall(bottleneck),
  uses: forWall(uses),
  reading: forWall(reading),
};
export { sceneIds, type SceneId } from "./ids.js";
export { storyOf, storyThreshold, type Story } from "./parts/story.js";
