import type { ViewName } from "../state.js";
import { bars } from "./bars.js";
import { blend } from "./blend.js";
import type { Context, Picture } from "./context.js";
import { matrix } from "./matrix.js";
import { steps } from "./steps.js";

export const views: Record<ViewName, (context: Context) => Picture> = {
  bars,
  matrix,
  blend,
  steps,
};
