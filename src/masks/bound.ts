import { coverage, type BoundMask, type Coverage } from "./types.js";

/** All of `bound` together, the way the options of one call combine. */
export function intersection(bound: readonly BoundMask[]): BoundMask {
  return {
    coverage(b, h, i0, i1, j0, j1) {
      let answer: Coverage = coverage.all;
      for (const mask of bound) {
        const one = mask.coverage(b, h, i0, i1, j0, j1);
        if (one === coverage.none) return coverage.none;
        if (one === coverage.some) answer = coverage.some;
      }
      return answer;
    },
    narrow(b, h, i, j0, j1, allowed) {
      for (const mask of bound) mask.narrow(b, h, i, j0, j1, allowed);
    },
  };
}

/** Everything that `bound` blocks. */
export function complement(bound: BoundMask): BoundMask {
  let inner = new Uint8Array(0);
  return {
    coverage(b, h, i0, i1, j0, j1) {
      const answer = bound.coverage(b, h, i0, i1, j0, j1);
      if (answer === coverage.some) return answer;
      return answer === coverage.all ? coverage.none : coverage.all;
    },
    narrow(b, h, i, j0, j1, allowed) {
      if (inner.length < j1 - j0) inner = new Uint8Array(j1 - j0);
      inner.fill(1, 0, j1 - j0);
      bound.narrow(b, h, i, j0, j1, inner);
      for (let j = 0; j < j1 - j0; j++) if (inner[j] === 1) allowed[j] = 0;
    },
  };
}
