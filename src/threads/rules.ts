import type { Call } from "../attention/call.js";
import { tileSize } from "../elementary/tileSize.js";
import {
  biases,
  coverage,
  isRule,
  masks,
  type BiasRule,
  type Mask,
  type MaskRule,
  type RuleOrigin,
} from "../masks/index.js";
import {
  copyContiguous,
  freshTensor,
  readBooleans,
  readTensor,
  typeError,
  type FloatArray,
  type Tensor,
  type TensorLike,
} from "../tensor/index.js";
import { plainCopy } from "./plainCopy.js";
import type { Sent, SentRule } from "./protocol.js";
import { allocateShared, share } from "./share.js";

type Bias = TensorLike<FloatArray> | BiasRule;

/** A checked mask in data that another thread can receive. */
export function sendMask(fn: string, argument: string, mask: Mask): Sent {
  if (!isRule(mask, "mask")) return share(fn, argument, readBooleans(mask, fn, argument));
  const { by, with: given } = originOf(fn, argument, mask as MaskRule);
  return {
    by,
    with: combines(by)
      ? given.map((part) => sendMask(fn, argument, part as Mask))
      : plainCopy(given),
  };
}

/** A checked bias in data that another thread can receive. */
export function sendBias(fn: string, argument: string, bias: Bias, { dtype }: Call): Sent {
  const send = (part: unknown): Sent => {
    if (!isRule(part, "bias")) return share(fn, argument, readTensor(part, fn, argument, dtype));
    const { by, with: given } = originOf(fn, argument, part as BiasRule);
    if (by === "sum") return { by, with: given.map(send) };
    const [slopes, options] = given;
    const copy = copyContiguous(readTensor(slopes, fn, argument, dtype));
    return { by, with: [copy, plainCopy(options)] };
  };
  return send(bias);
}

/** The mask that was sent, made again. */
export function receiveMask(sent: Sent): Mask {
  if (!("by" in sent)) return sent as Tensor<Uint8Array>;
  const make = masks[sent.by as keyof typeof masks] as (...given: unknown[]) => MaskRule;
  return make(...(combines(sent.by) ? (sent.with as Sent[]).map(receiveMask) : sent.with));
}

/** The bias that was sent, made again. */
export function receiveBias(sent: Sent): Bias {
  if (!("by" in sent)) return sent as Tensor<FloatArray>;
  const make = biases[sent.by as keyof typeof biases] as (...given: unknown[]) => BiasRule;
  return make(...(sent.by === "sum" ? (sent.with as SentRule[]).map(receiveBias) : sent.with));
}

function combines(by: string): boolean {
  return by === "and" || by === "or" || by === "not";
}

function originOf(fn: string, argument: string, rule: MaskRule | BiasRule): RuleOrigin {
  if (rule.made) return rule.made;
  const tensors = rule.kind === "mask" ? "masks.where(function) or a bool tensor" : "a tensor";
  throw typeError(
    fn,
    argument,
    `a rule made by ${rule.kind === "mask" ? "`masks`" : "`biases`"}, which another thread can make again`,
    "a rule with a `bind` of its own",
    `write ${tensors}`,
  );
}

/** True if a function decides about pairs, which no other thread can call. */
export function asksFunction(fn: string, argument: string, mask: unknown): boolean {
  if (!isRule(mask, "mask")) return false;
  const { by, with: given } = originOf(fn, argument, mask as MaskRule);
  if (!combines(by)) return by === "where";
  return given.map((part) => asksFunction(fn, argument, part)).includes(true);
}

/**
 * Writes out all masks of a call, `[..., H, L, S]` in shared memory. Tiles are asked in the order of
 * the kernel, so that a function is asked for the same pairs as in one thread.
 */
export function writeMask({ fn, scoresShape, mask, ...sizes }: Call): Tensor<Uint8Array> {
  const { batch, heads, queries, keys, keyCounts, queryCounts } = sizes;
  const data = allocateShared<Uint8Array>(fn, "options.allow", scoresShape, "bool");
  for (let b = 0; b < batch; b++) {
    const [rows, columns] = [queryCounts?.[b] ?? queries, keyCounts?.[b] ?? keys];
    for (let h = 0; h < heads; h++) {
      for (let i = 0; i < rows; i++) {
        const start = ((b * heads + h) * queries + i) * keys;
        for (let j0 = 0; j0 < columns; j0 += tileSize) {
          const j1 = Math.min(columns, j0 + tileSize);
          if (mask!.coverage(b, h, i, i + 1, j0, j1) === coverage.none) continue;
          const allowed = data.subarray(start + j0, start + j1).fill(1);
          mask!.narrow(b, h, i, j0, j1, allowed);
        }
      }
    }
  }
  return freshTensor(data, scoresShape);
}
