import { describe, tagOf, typeError } from "./errors.js";
import { hintFor, type Hints } from "./hintFor.js";

// What is read from an object of `ownOf` and not its own ends here, and not at Object.prototype.
const nothing: object = /* @__PURE__ */ Object.freeze(/* @__PURE__ */ Object.create(null));

/** A copy that inherits nothing: what is no option of its own is undefined. */
export function ownOf<O extends object>(options: O): O {
  return Object.assign(Object.create(nothing) as O, options);
}

/**
 * Refuses options that do not exist, with the name of the one that was meant: a typo in an option would
 * otherwise compute something else than what was asked for. Returns the options by themselves, as `ownOf`.
 */
export function checkOptions<O>(
  fn: string,
  options: O | undefined,
  known: readonly string[],
  hints: Hints = {},
  argument = "options",
): Partial<O> {
  const own = Object.create(nothing) as Record<string, unknown>;
  if (options === undefined) return own as Partial<O>;
  // A tensor in the place of options is one argument too many.
  const tensor = typeof options === "object" && options !== null && "data" in options;
  if (tagOf(options) !== "Object" || (tensor && "shape" in options)) {
    throw typeError(fn, argument, `an object with any of ${known.join(", ")}`, describe(options));
  }
  for (const name of Object.keys(options as object)) {
    if (!known.includes(name)) {
      const fix = hintFor(name, known, hints);
      throw typeError(
        fn,
        `${argument}.${name}`,
        fix === undefined ? `one of ${known.join(", ")}` : "a known name",
        JSON.stringify(name),
        fix,
      );
    }
    own[name] = (options as Record<string, unknown>)[name];
  }
  return own as Partial<O>;
}
