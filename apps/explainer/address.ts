/** Browsers refuse more than about 100 changes in 10 seconds; a slider makes 60 in one. */
const pause = 150;

/** Keeps the part after the # of the page's address: the first change at once, those that follow together. */
export function startAddress() {
  let next: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const put = (hash: string): void => {
    next = undefined;
    history.replaceState(null, "", hash);
    timer = setTimeout(() => {
      timer = undefined;
      if (next !== undefined) put(next);
    }, pause);
  };
  return {
    write(hash: string): void {
      if (timer === undefined) put(hash);
      else next = hash;
    },
    /** Drops what is not written yet: the address was changed by hand. */
    forget: (): void => void (next = undefined),
  };
}
