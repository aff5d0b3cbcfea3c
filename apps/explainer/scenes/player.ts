/** How long a picture of a scene stays before the next one, in milliseconds. */
const beatTime = 1000;

/** Lets the pictures of a scene follow each other. The last one stays. */
export function startPlayer(show: (beat: number) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => clearTimeout(timer);
  return {
    stop,
    /** From the first picture; where a reader asks for no motion, the last one at once. */
    play(beats: number): void {
      stop();
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      const turn = (beat: number): void => {
        show(beat);
        if (beat < beats - 1) timer = setTimeout(() => turn(beat + 1), beatTime);
      };
      turn(still ? beats - 1 : 0);
    },
  };
}
