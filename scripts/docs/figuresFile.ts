import { join } from "node:path";
import { cache } from "../step.js";

/** The figures of the site, from the script that builds it to the settings that VitePress reads. */
export const figuresFile = join(cache, "figures.json");
