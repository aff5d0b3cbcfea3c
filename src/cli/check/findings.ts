import { laws, type LawInfo, type LawResult } from "../../testing/index.js";
import type { Reporter, Subject } from "../run.js";
import { failedCall } from "./failedCall.js";
import type { Calling, Loaded } from "./messages.js";

/** What is known of a function so far, through all the processes in which it ran; the reporters hear of it. */
export class Findings {
  readonly results: LawResult[] = [];
  readonly #laws: readonly LawInfo[];
  readonly #file: string;
  readonly #from: string;
  readonly #seed: number;
  readonly #reporters: readonly Reporter[];
  #loaded: Loaded | undefined;
  #since = Date.now();

  constructor(
    only: readonly string[],
    { file, from }: { readonly file: string; readonly from: string },
    seed: number,
    reporters: readonly Reporter[],
  ) {
    this.#laws = laws.filter(({ id }) => only.includes(id));
    this.#file = file;
    this.#from = from;
    this.#seed = seed;
    this.#reporters = reporters;
  }

  /** The laws without a result. */
  get left(): readonly LawInfo[] {
    return this.#laws.slice(this.results.length);
  }

  /** Whether the function was loaded once. */
  get known(): boolean {
    return this.#loaded !== undefined;
  }

  get subject(): Subject {
    const { exported, notes = [] } = this.#loaded ?? {};
    const text = exported === "default" ? "default export" : exported?.replace(/^default\./, "");
    const named = text === undefined ? {} : { exported: text };
    return { name: this.#file, file: this.#file, notes, ...named };
  }

  loaded(loaded: Loaded): void {
    if (this.#loaded !== undefined) return;
    this.#loaded = loaded;
    for (const reporter of this.#reporters) reporter.start?.(this.subject);
  }

  call({ progress }: Calling): void {
    // The process counts the laws that it was asked for.
    const index = this.#laws.findIndex(({ id }) => id === progress.law);
    const own = { ...progress, index, laws: this.#laws.length };
    for (const reporter of this.#reporters) reporter.progress?.(own);
  }

  law(result: LawResult): void {
    this.#since = Date.now();
    this.results.push(result);
    for (const reporter of this.#reporters) reporter.law?.(result);
  }

  /** The function did not come back from a call: the law for which it was made is broken. */
  failed(what: string, call: Calling): void {
    const [law] = this.left;
    this.law({
      ...{ ...law, status: "broken", reason: what, seed: this.#seed },
      cases: call.progress.cases + 1,
      milliseconds: Date.now() - this.#since,
      counterexample: failedCall(law, what, call, this.#loaded!, this.#from),
    });
  }

  /** Nothing more comes. */
  rest(reason: string): void {
    const nothing = { cases: 0, seed: this.#seed, milliseconds: 0 };
    for (const law of this.left) this.law({ ...law, ...nothing, status: "not run", reason });
  }
}
