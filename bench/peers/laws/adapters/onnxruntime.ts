import type { FloatArray, Tensor } from "qkv/core";
import type { AttentionFunction, CallOptions } from "../../../../src/testing/index.js";
import type { OrtTensor, Runtime, Session } from "../../contestants/onnxruntime.js";
import { attentionOperator, type AttentionRequest } from "../../onnx/attention.js";
import { encodeModel, type Model } from "../../onnx/model.js";

/** The Attention operator of a runtime. */
export function onnxAttention(runtime: Runtime): AttentionFunction {
  const { ort } = runtime;
  const sessionOf = sessionsOf(runtime, attentionOperator);
  return async (query, key, value, options) => {
    const session = await sessionOf(requestOf(options));
    const numbers = ({ data, shape }: Tensor<FloatArray>): OrtTensor =>
      new ort.Tensor("float32", data as Float32Array, shape);
    const feeds: Record<string, OrtTensor> = {
      q: numbers(queryOf(query, options)),
      k: numbers(key),
      v: numbers(value),
    };
    const added = addedMask(options);
    if (added) feeds["mask"] = numbers(added);
    else if (options.mask) {
      feeds["mask"] = new ort.Tensor("bool", options.mask.data, options.mask.shape);
    }
    return session.run(feeds);
  };
}

/** One session for each request, made when it is first needed. */
export function sessionsOf<Request>(
  { ort, options }: Runtime,
  modelOf: (request: Request) => Model,
): (request: Request) => Promise<Session> {
  const sessions = new Map<string, Promise<Session>>();
  return (request) => {
    const name = JSON.stringify(request);
    const open = async () =>
      ort.InferenceSession.create(await encodeModel(modelOf(request)), options);
    const session = sessions.get(name) ?? open();
    sessions.set(name, session);
    return session;
  };
}

/** The attributes, and which inputs and outputs there are. */
export function requestOf({
  mask,
  additiveMask,
  bias,
  causal,
  scale,
  softcap,
  weights,
}: CallOptions): AttentionRequest {
  const kind = additiveMask || bias ? "float32" : mask ? "bool" : undefined;
  return {
    ...(kind === undefined ? {} : { mask: kind }),
    causal: causal !== undefined,
    ...(scale === undefined ? {} : { scale: Math.abs(scale) }),
    ...(softcap === undefined ? {} : { softcap }),
    weights: weights ?? false,
  };
}

/** onnxruntime refuses a negative scale: its sign goes into the query, which is exact. */
export function queryOf(query: Tensor<FloatArray>, { scale = 1 }: CallOptions): Tensor<FloatArray> {
  return scale < 0 ? { ...query, data: query.data.map((x) => -x) as FloatArray } : query;
}

/** The operator has one input for both: what is added to the scores. */
export function addedMask({ additiveMask, bias }: CallOptions): Tensor<FloatArray> | undefined {
  if (!additiveMask || !bias) return additiveMask ?? bias;
  const data = bias.data.map((x, at) => x + additiveMask.data[at]) as FloatArray;
  return { ...bias, data };
}
