// Loads the model and reads sentences beside the page, which is never blocked.
import { fetchModel } from "./fetchModel.js";
import type { Encoded, Order, Report } from "./messages.js";
import { encodeSentence } from "./encodeSentence.js";
import type { PageModel } from "./modelFile.js";
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
  return encodeSentence(model, model.tokenizer, text);
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
