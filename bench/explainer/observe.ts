/// <reference lib="dom" />

/** What a page notes of itself, in milliseconds from the start of the navigation. */
export interface Noted {
  picture: number | null;
  shifts: { at: number; value: number }[];
  tasks: { at: number; duration: number }[];
  /** When frames began, while they are counted. */
  frames: number[];
  counting: boolean;
}

declare global {
  // Only in the page.
  var benchNotes: Noted;
}

/** Runs in the page, before its own scripts. */
export function observe(picture: string): void {
  const notes: Noted = { picture: null, shifts: [], tasks: [], frames: [], counting: false };
  globalThis.benchNotes = notes;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const shift = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
      if (!shift.hadRecentInput) notes.shifts.push({ at: shift.startTime, value: shift.value });
    }
  }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      notes.tasks.push({ at: startTime, duration });
    }
  }).observe({ type: "longtask", buffered: true });
  const eachFrame = (began: number): void => {
    if (notes.counting) notes.frames.push(began);
    if (notes.picture === null && document.querySelector(picture)?.firstElementChild) {
      // What is in the document now is on the screen when the next frame begins.
      requestAnimationFrame(() => (notes.picture ??= performance.now()));
    }
    requestAnimationFrame(eachFrame);
  };
  requestAnimationFrame(eachFrame);
}
