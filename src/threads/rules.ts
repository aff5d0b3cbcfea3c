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
  dtypeOf,
  freshTensor,
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

/** A checked mask in data that another thread can receive. No function may decide in it. */
export function sendMask(call: Call, argument: string, mask: Mask): Sent {
  if (isRule(mask, "mask")) return sendRule(call, argument, mask as MaskRule);
  return share(call.fn, argument, call.tensors!.get(mask)!);
}

/** A checked bias in data that another thread can receive. */
export function sendBias(call: Call, argument: string, bias: Bias): Sent {
  if (!isRule(bias, "bias")) return share(call.fn, argument, call.tensors!.get(bias)!);
  if (asksFunction(call.fn, argument, bias)) {
    return { kind: "bias", by: "sum", with: writeBiases(call, argument) };
  }
  return sendRule(call, argument, bias as BiasRule);
}

function sendRule(call: Call, argument: string, rule: MaskRule | BiasRule): SentRule {
  const { by, with: given } = originOf(call.fn, argument, rule);
  return {
    kind: rule.kind,
    by,
    with: given.map((value) => sendArgument(call, argument, rule.kind, value)),
  };
}

function sendArgument(
  call: Call,
  argument: string,
  kind: "mask" | "bias",
  value: unknown,
): unknown {
  if (isRule(value)) return sendRule(call, argument, value as MaskRule | BiasRule);
  // The same numbers may stand for something else in another option.
  const read = call.tensors!.get(value);
  if (read && (read.dtype === "bool") === (kind === "mask")) return share(call.fn, argument, read);
  if (dtypeOf(value) === undefined) return plainCopy(value);
  return share(call.fn, argument, readTensor(value, call.fn, argument));
}

/** A mask or bias that was sent, its rules made again. */
export function receive(sent: unknown): unknown {
  if (typeof sent !== "object" || sent === null || !("by" in sent)) return sent;
  const { kind, by, with: given } = sent as SentRule;
  const rules = (kind === "mask" ? masks : biases) as unknown as Record<string, MakeRule>;
  return rules[by](...given.map(receive));
}

type MakeRule = (...given: unknown[]) => MaskRule | BiasRule;

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

const isFunction = (value: unknown): boolean => typeof value === "function";

/** True if a function decides about pairs, which no other thread can call. */
export function asksFunction(fn: string, argument: string, rule: unknown): boolean {
  if (!isRule(rule)) return false;
  const { with: given } = originOf(fn, argument, rule as MaskRule | BiasRule);
  const parts = given.map((part) => isFunction(part) || asksFunction(fn, argument, part));
  return parts.includes(true);
}

/**
 * Writes out all masks of a call, `[..., H, L, S]` in shared memory: a function in them is asked for the
 * same pairs as in one thread.
 */
export function writeMask(call: Call): Tensor<Uint8Array> {
  const { fn, scoresShape, mask } = call;
  const data = allocateShared<Uint8Array>(fn, "options.allow", scoresShape, "bool");
  visitTiles(call, (b, h, i, j0, j1, at) => {
    const allowed = data.subarray(at, at + j1 - j0).fill(1);
    mask!.narrow(b, h, i, j0, j1, allowed);
  });
  return freshTensor(data, scoresShape);
}

/** Writes out the biases of a call of which one asks a function, `[..., H, L, S]` each in shared memory. */
function writeBiases(call: Call, argument: string): Tensor<FloatArray>[] {
  const { fn, dtype, scoresShape, biases } = call;
  const added = new Float64Array(tileSize);
  return biases.map((bias) => {
    const data = allocateShared<FloatArray>(fn, argument, scoresShape, dtype);
    visitTiles(call, (b, h, i, j0, j1, at) => {
      bias.read(b, h, i, j0, j1, added);
      data.set(added.subarray(0, j1 - j0), at);
    });
    return freshTensor(data, scoresShape);
  });
}

/** Visits the tiles of 64 keys in which a query may see something, in the order of the kernel; `at` counts pairs. */
function visitTiles(
  { mask, batch, heads, queries, keys, keyCounts, queryCounts }: Call,
  visit: (b: number, h: number, i: number, j0: number, j1: number, at: number) => void,
): void {
  for (let b = 0; b < batch; b++) {
    const [rows, columns] = [queryCounts?.[b] ?? queries, keyCounts?.[b] ?? keys];
    for (let h = 0; h < heads; h++) {
      for (let i = 0; i < rows; i++) {
        const start = ((b * heads + h) * queries + i) * keys;
        for (let j0 = 0; j0 < columns; j0 += tileSize) {
          const j1 = Math.min(columns, j0 + tileSize);
          if (mask?.coverage(b, h, i, i + 1, j0, j1) === coverage.none) continue;
          visit(b, h, i, j0, j1, start + j0);
        }
      }
    }
  }
}
