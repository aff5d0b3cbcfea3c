/** A law does not hold: thrown by its check, and made a counterexample. */
export class Broken extends Error {
  override readonly name = "Broken";
  /** The lines of code that show it after the calls; none where a call alone does. */
  readonly assertion: readonly string[];

  constructor(message: string, assertion: readonly string[] = []) {
    super(message);
    this.assertion = assertion;
  }
}

/** The function threw: a matter of its own where a law asks for something that may be refused. */
export class Thrown extends Broken {}
