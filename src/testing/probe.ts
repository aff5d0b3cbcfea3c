import { expectedOf, type Expected } from "./expectedOf.js";
import { Broken } from "./broken.js";
import type { Problem } from "./problem.js";
import { plainAttention, type PlainResult, type Variant } from "./reference.js";
import type { Ask } from "./toCall.js";
import type { Deviation, Supported } from "./types.js";
import type { FloatArray } from "../tensor/index.js";

/** What a function answered, row-major: `output [B, H, L, E]`, `weights [B, H, L, S]`, `lse [B, H, L]`. */
export interface Answer {
  /** Its name in the code of a counterexample. */
  readonly name: string;
  readonly output: FloatArray;
  readonly weights?: FloatArray;
  readonly lse?: FloatArray;
}

/** A number, and how the code of a counterexample writes it. */
export interface Quantity {
  readonly value: number;
  readonly code: () => string;
}

/** Asks the function about a problem, under the given name. */
export type Attend = (problem: Problem, ask: Ask, name: string) => Promise<Answer>;

/**
 * What a law works with: the function, what is expected of it, and comparisons that remember the largest
 * deviation and turn the first failure into code.
 */
export class Probe {
  readonly supported: Supported;
  /** The largest deviation relative to its bound. */
  worst: Deviation | undefined;
  /** What the function turned out to do. */
  readonly findings = new Set<string>();
  readonly #attend: Attend;
  readonly #expect: (problem: Problem) => Expected;
  readonly #known = new WeakMap<Problem, Expected>();
  #calls = 0;

  constructor(
    supported: Supported,
    attend: Attend,
    expect = (problem: Problem): Expected => expectedOf(problem, supported),
  ) {
    this.supported = supported;
    this.#attend = attend;
    this.#expect = expect;
  }

  /** The answers of a case are named a, b, c … */
  attend(problem: Problem, ask: Ask = {}): Promise<Answer> {
    return this.#attend(problem, ask, String.fromCharCode(97 + (this.#calls++ % 26)));
  }

  /** Starts another case. */
  restart(): void {
    this.#calls = 0;
  }

  /** The exact result, and how far the function may be off it. */
  expected(problem: Problem): Expected {
    const known = this.#known.get(problem) ?? this.#expect(problem);
    this.#known.set(problem, known);
    return known;
  }

  /** What a mistake would compute. */
  mistaken(problem: Problem, variant: Variant): Expected {
    return expectedOf(problem, this.supported, variant);
  }

  /** The baseline: the same problem in plain arithmetic of its own precision. */
  plain(problem: Problem): PlainResult {
    return plainAttention(problem, this.supported.defaultScale, problem.dtype);
  }

  /**
   * Within the bound. Written so that NaN fails; infinities have to be the same. Where the bound is Infinity
   * the function may overflow, and anything is right.
   */
  close(what: string, got: Quantity, expected: Quantity, bound: number): void {
    if (bound === Infinity) return;
    const deviation = got.value === expected.value ? 0 : Math.abs(got.value - expected.value);
    if (!(deviation <= bound)) {
      const [a, b] = [got.code(), expected.code()];
      const off = Number.isNaN(deviation) ? "" : ` (off by ${short(deviation)})`;
      throw new Broken(
        `${what}: ${a} is ${got.value}, expected ${expected.value} ± ${short(bound)}${off}`,
        [`assert(Math.abs(${a} - ${b}) <= ${bound === 0 ? 0 : bound.toExponential()});`],
      );
    }
    this.#remember({ deviation, bound });
  }

  /** The same bits where the function claims it, otherwise within the bound. */
  same(what: string, got: Quantity, expected: Quantity, bound: () => number): void {
    if (this.supported.exact) this.bits(what, got, expected);
    else this.close(what, got, expected, bound());
  }

  /** The same bits; every NaN is the same here. */
  bits(what: string, got: Quantity, expected: Quantity): void {
    if (!Object.is(got.value, expected.value)) {
      const [a, b] = [got.code(), expected.code()];
      throw new Broken(`${what}: ${a} is ${show(got.value)}, expected ${show(expected.value)}`, [
        `assert(Object.is(${a}, ${b}));`,
      ]);
    }
    this.#remember({ deviation: 0, bound: 0 });
  }

  #remember(deviation: Deviation): void {
    if (this.worst === undefined || ratio(deviation) > ratio(this.worst)) this.worst = deviation;
  }
}

const ratio = ({ deviation, bound }: Deviation): number =>
  deviation === 0 ? 0 : deviation / bound;

/** An element of an answer. */
export function element(answer: Answer, field: "output" | "weights" | "lse", at: number): Quantity {
  return { value: answer[field]![at], code: () => `${answer.name}.${field}.data[${at}]` };
}

/** A number that is known. */
export function known(value: number): Quantity {
  return { value, code: () => show(value) };
}

function show(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/** Three digits are enough for a bound. */
function short(value: number): string {
  return Number(value.toPrecision(3)).toString();
}
