/** 0.3885 → "38.9": per cent with one decimal. */
export const percent1 = (weight: number) => (100 * weight).toFixed(1);

/** 0.3885 → "39": per cent, rounded. */
export const percent = (weight: number) => String(Math.round(100 * weight));
