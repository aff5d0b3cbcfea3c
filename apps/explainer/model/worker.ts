// Loads the model and reads sentences beside the page, which is never blocked.
import { fetchModel } from "./fetchModel.js";
import type { Encoded, Order, Report } from "./messages.js";
import type { PageModel } from "./modelFile.js";
import { MAX_TOKENS } from "../../../examples/universal-sentence-encoder/architecture.js";
import { encodeInputs } from "../../../examples/universal-sentence-encoder/encoder.js";
import {
  createTokenizer,
  type Tokenizer,
} from "../../../examples/universal-sentence-encoder/tokenizer.js";

const scope = self as unknown as {
  postMessage(report: Report): void;
  onmessage: ((event: MessageEvent<Order>) => void) | null;
};

let model: (PageModel & { tokenizer: Tokenizer }) | undefined;

async function load(url: string): Promise<void> {
  const read = await fetchModel(url, (loaded, total) => {
    scope.postMessage({ is: "progress", loaded, total });
  });
  model = { ...read, tokenizer: createTokenizer(read.vocabulary) };
  scope.postMessage({ is: "ready" });
}

function read(text: string): Encoded {
  if (model === undefined) throw new Error("the model is not loaded");
  // The vocabulary knows one space between words and none around them.
  const tokens = model.tokenizer(text.trim().replace(/\s+/gu, " "));
  const kept = tokens.slice(0, MAX_TOKENS);
  const ids = kept.map(({ id }) => id);
  return {
    pieces: kept.map(({ text }) => text),
    cut: tokens.length - kept.length,
    layers: ids.length === 0 ? [] : encodeInputs(model.embedding, [model.first], model.last, ids),
  };
}

scope.onmessage = ({ data: order }) => {
  const fail = (error: unknown): void => {
    scope.postMessage({ is: "failed", step: order.do, message: (error as Error).message });
  };
  if (order.do === "load") {
    load(order.url).catch(fail);
    return;
  }
  try {
    scope.postMessage({ is: "read", text: order.text, encoded: read(order.text) });
  } catch (error) {
    fail(error);
  }
};
