/**
 * What kernels.as.ts exports in addition to what its kernels call among themselves. Positions are bytes in the
 * memory of the module; steps are bytes too.
 */
// prettier-ignore
export interface Kernels {
  /** The first byte of the memory that the kernels do not use themselves. */
  freeMemory(): number;
  /** `[rows][k]` times `scale` to groups of four `[k][4]`. Returns the largest absolute value, or NaN. */
  packGroups(from: number, to: number, rows: number, k: number, scale: number): number;
  /** `[rows][k]` to panels of eight `[k][8]`. Returns the largest absolute value, or NaN. */
  packPanels(from: number, to: number, rows: number, k: number): number;
  /** `[k][columns]` to groups of four `[k][4]`. */
  packGroupColumns(from: number, to: number, columns: number, k: number): void;
  /** `[k][columns]` to panels of eight `[k][8]`. */
  packPanelColumns(from: number, to: number, columns: number, k: number): void;
  /** Rows in panels of eight columns, `step` rows each, one behind the other. Returns 1 for a NaN. */
  unpackRows(from: number, to: number, rows: number, step: number, panels: number): number;
  /** The product of packed operands, or its sum with `c`. */
  product(
    a: number, b: number, c: number, cStep: number, cPanel: number,
    groups: number, panels: number, k: number, accumulate: number,
  ): void;
  /** How many keys of a tile each group of four rows may see, up to the last. Four bytes a group. */
  groupEnds(mask: number, rows: number, ends: number): void;
  /** Pass 2: scores of a block and a tile, to the start of the work area; `ends` 0: of all pairs. */
  scoreTile(
    work: number, q: number, rows: number, d: number, k: number, count: number, ends: number,
  ): void;
  /** Marks the rows with an allowed raw score that is not finite. */
  checkTile(work: number, rows: number, count: number, mask: number, flags: number): void;
  /** Pass 3: softcap. */
  capTile(work: number, rows: number, cap: number): void;
  /** Pass 3: adds a bias `[rows][64]`. */
  addTile(work: number, rows: number, bias: number): void;
  /** Pass 3: −Infinity where a byte of the mask `[rows][64]` is 0. */
  maskTile(work: number, rows: number, mask: number): void;
  /** Passes 4 to 6: softmax of the tile, its output, and their merge into `o`, `m`, `l`. */
  mergeTile(
    work: number, rows: number, v: number, vStep: number, o: number, m: number, l: number,
    count: number, ends: number,
  ): void;
  /** Passes 2 to 6 for a run of tiles without mask and bias; `cap` 0 is no softcap. */
  attendTiles(
    work: number, q: number, rows: number, d: number, k: number, v: number, vStep: number,
    o: number, m: number, l: number, keys: number, cap: number,
  ): void;
  /** Pass 7 (`sinks` 0: none) and the division, rows to `to`; marks the rows that are not finite. */
  finishRows(
    work: number, rows: number, o: number, vStep: number, m: number, l: number,
    sinks: number, flags: number, to: number,
  ): void;
  /** Goes on with the states of whole rows of `step` scores, a multiple of 64; the scores stay. */
  reduceRows(at: number, rows: number, step: number, m: number, l: number, work: number): void;
  /** `exp(score − m) / l` of whole rows in place, `m` and `l` arrays. */
  weighRows(at: number, rows: number, step: number, m: number, l: number): void;
  /** `exp(score − m) / l` in place. */
  weigh(at: number, count: number, m: number, l: number): void;
}
