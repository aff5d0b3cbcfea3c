import { readModel, readVocabulary } from "../../../examples/universal-sentence-encoder/model.js";
import type { PageModel } from "../model/modelFile.js";

/** The parts of the installed model that the page needs. */
export function pageModel(): PageModel {
  const { layers, embeddings, frequencies } = readModel();
  const [first, { attentionNorm, packedProjection, scoreScale, outputProjection }] = layers;
  return {
    vocabulary: readVocabulary(),
    embedding: { embeddings, frequencies },
    first,
    last: { attentionNorm, packedProjection, scoreScale, outputProjection },
  };
}
