/** Browsers refuse more than about 100 changes in 10 seconds; a slider makes 60 in one. */
const pause = 150;

/** Keeps the part after the # of the page's address: the first change at once, those that follow together. */
export function startAddress() {
  let next: { readonly hash: string; readonly push: boolean } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let written = "";
  const put = (hash: string, push: boolean): void => {
    next = undefined;
    if (push) history.pushState(null, "", hash);
    else history.replaceState(null, "", hash);
    written = location.hash;
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      // An address that a reader changed meanwhile is not written over.
      if (next !== undefined && location.hash === written) put(next.hash, next.push);
    }, pause);
  };
  const write = (hash: string, push: boolean): void => {
    if (hash === (next?.hash ?? location.hash)) return;
    // The entry that a drag ends in is complete before there is another.
    if (push && next?.push === false) put(next.hash, false);
    if (timer === undefined) put(hash, push);
    else next = { hash, push: push || next?.push === true };
  };
  return {
    /** A step that a reader can go back over. */
    push: (hash: string): void => write(hash, true),
    /** The same step, now somewhere else. An address that says nothing stays so. */
    replace(hash: string): void {
      if (next !== undefined || location.hash !== "") write(hash, false);
    },
    /** Drops what is not written yet: the address was changed by hand, or by Back. */
    forget(): void {
      next = undefined;
      written = location.hash;
    },
  };
}
