import { zeros } from "../../src/core.js";

/** The tensors that the calls of the table mention; docs/errors.md lists them. */
const mentioned = {
  x: zeros([5, 4]),
  q: zeros([2, 3, 5, 4]),
  k: zeros([2, 3, 7, 4]),
  v: zeros([2, 3, 7, 4]),
  layer: { heads: 2, inProjWeight: zeros([12, 4]), outWeight: zeros([4, 4]) },
  state: { in_proj_weight: zeros([12, 4]), "out_proj.weight": zeros([4, 4]) },
};

/** Runs a call that is written as text, with the functions of an entry point in scope. */
export function evaluate(wrote: string, entry: Readonly<Record<string, unknown>>): unknown {
  const scope: Record<string, unknown> = { ...entry, ...mentioned };
  const names = Object.keys(scope);
  const call = new Function(...names, `"use strict"; return (${wrote});`);
  return call(...names.map((name) => scope[name]));
}
