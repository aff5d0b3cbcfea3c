export { alibiSlopes } from "./alibiSlopes.js";
export type { IntegerArray, IntegerView, Positions } from "./readPositions.js";
export { rotary, type RotaryAngles, type RotaryOptions } from "./rotary.js";
export { sinusoidal, type SinusoidalOptions } from "./sinusoidal.js";
