const units = [
  [1, "s"],
  [1e-3, "ms"],
  [1e-6, "µs"],
  [1e-9, "ns"],
] as const;

/** Seconds in the largest unit that leaves a whole part, with three digits: `12.3 µs`. */
export function formatTime(seconds: number): string {
  const [size, unit] = units.find(([size]) => seconds >= size * 0.9995) ?? units[units.length - 1];
  return `${threeDigits(seconds / size)} ${unit}`;
}

/** Three significant digits without an exponent: `0.123`, `12.3`, `1234`. */
export function threeDigits(x: number): string {
  const size = Math.abs(x);
  if (size >= 99.95) return x.toFixed(0);
  if (size >= 9.995) return x.toFixed(1);
  return x.toFixed(size >= 0.9995 ? 2 : 3);
}

/** A ratio as a percentage: `38 %`. */
export function percent(ratio: number): string {
  return `${(100 * ratio).toFixed(0)} %`;
}

/** Bytes in MiB. */
export function formatMemory(bytes: number): string {
  return `${threeDigits(bytes / 2 ** 20)} MiB`;
}
