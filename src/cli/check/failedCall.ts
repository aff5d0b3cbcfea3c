import { importOf, moduleOf, type Source } from "../../testing/counterexampleOf.js";
import { optionsLiteral, tensorLiteral } from "../../testing/literals.js";
import type { Counterexample, LawInfo } from "../../testing/types.js";
import type { Calling, Loaded } from "./messages.js";

/** A call that did not come back, as a counterexample. */
export function failedCall(
  law: LawInfo,
  message: string,
  call: Calling,
  loaded: Loaded,
  from: string,
): Counterexample {
  const source = { name: loaded.exported, from };
  const code = moduleOf(law, message, linesOf(call, source), [], source);
  return { message, index: call.progress.run, sizes: sizesOf(call, loaded), code };
}

function linesOf({ query, key, value, options }: Calling, source: Source): string[] {
  const [, called] = importOf(source);
  return [
    ...Object.entries({ query, key, value }).map(
      ([name, tensor]) => `const ${name} = ${tensorLiteral(tensor)};`,
    ),
    `await ${called}(query, key, value, ${optionsLiteral(options)});`,
  ];
}

function sizesOf(
  { query, key, value }: Calling,
  { batch, heads }: Loaded,
): Counterexample["sizes"] {
  const [L, D] = query.shape.slice(-2);
  const [S, E] = value.shape.slice(-2);
  const B = batch ? query.shape[0] : 1;
  const [H, Hkv] = heads ? [query.shape.at(-3)!, key.shape.at(-3)!] : [1, 1];
  return { B, H, Hkv, L, S, D, E };
}
