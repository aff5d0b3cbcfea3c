import { startModel, type Listener as ModelListener } from "./client.js";
import { tidy } from "./encodeSentence.js";
import { encodedOf, exampleFile, type Example } from "./example.js";
import type { Encoded } from "./messages.js";

export interface Listener extends ModelListener {
  /** The model begins to load. */
  loading(): void;
}

const nothing: Encoded = { pieces: [], known: [], cut: 0, layers: [] };

/** Reads sentences: those computed ahead from their files, also when the model is there, so that no number flips. */
export function startSentences(listener: Listener) {
  const examples = new Map<string, Encoded>();
  let asked = "";
  /** Whether the sentence that was asked for last waits for the model. */
  let waiting = false;
  let stage: "none" | "loading" | "ready" = "none";

  const model = startModel({
    ...listener,
    ready() {
      stage = "ready";
      listener.ready();
      if (waiting) model.read(asked);
    },
    failed(step, message) {
      if (step === "load") stage = "none";
      listener.failed(step, message);
    },
  });

  function load(): void {
    if (stage !== "none") return;
    stage = "loading";
    listener.loading();
    model.load();
  }

  function readLive(text: string): void {
    waiting = true;
    if (stage === "ready") model.read(text);
    else load();
  }

  async function readAhead(text: string, file: string): Promise<void> {
    const response = await fetch(new URL(file, document.baseURI));
    if (!response.ok) throw new Error(`the server answers ${response.status}`);
    const encoded = encodedOf((await response.json()) as Example);
    examples.set(file, encoded);
    listener.read(text, encoded);
  }

  return {
    load,
    read(text: string): void {
      asked = text;
      waiting = false;
      const file = exampleFile(text);
      const known = file === undefined ? undefined : examples.get(file);
      if (tidy(text) === "") listener.read(text, nothing);
      else if (known !== undefined) listener.read(text, known);
      else if (file === undefined) readLive(text);
      else {
        // Without the file, the model can still tell.
        readAhead(text, file).catch(() => {
          if (asked === text) readLive(text);
        });
      }
    },
  };
}
