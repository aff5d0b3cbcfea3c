import { describe, expect, expectTypeOf, test } from "vitest";
import {
  multiHeadAttention,
  splitHeads,
  type MultiHeadOptions,
  type MultiHeadParams,
} from "../../src/heads/index.js";
import { biases, masks } from "../../src/masks/index.js";
import { tensor, toNested, type FloatArray, type Tensor } from "../../src/tensor/index.js";
import { viewsOf } from "../tensor/views.js";
import {
  B,
  D,
  E,
  H,
  inputsOf,
  key,
  L,
  make,
  naive,
  naiveLayer,
  params,
  query,
  rowsOf,
  S,
  value,
  type NaiveLayer,
} from "./layer.js";

const bitsOf = ({ data }: Tensor<FloatArray>): number[] => [
  ...new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4),
];

function expectClose(got: ArrayLike<number>, expected: readonly number[], tolerance = 1e-12): void {
  expect(got.length).toBe(expected.length);
  expected.forEach((number, i) => {
    if (!(Math.abs(got[i] - number) <= tolerance)) expect(got[i], `element ${i}`).toBe(number);
  });
}

/** Runs both and compares output, weights of each head and their mean. */
function expectNaive(
  layerParams: MultiHeadParams<Float64Array>,
  layer: NaiveLayer,
  options: MultiHeadOptions<Float64Array> = {},
  score?: (b: number) => (s: number, h: number, i: number, j: number) => number,
): void {
  const perHead = multiHeadAttention(query, key, value, layerParams, {
    ...options,
    weights: "perHead",
  });
  const mean = multiHeadAttention(query, key, value, layerParams, { ...options, weights: "mean" });
  const plain = multiHeadAttention(query, key, value, layerParams, {
    ...options,
    weights: undefined,
  });
  const expected = [0, 1].map((b) => naiveLayer(inputsOf(b), layer, score?.(b)));
  const keys = S + (layer.extraKeys?.length ?? 0);
  expect(plain.output.shape).toEqual([B, L, 19]);
  expect(perHead.weights.shape).toEqual([B, H, L, keys]);
  expect(mean.weights.shape).toEqual([B, L, keys]);
  expectClose(
    plain.output.data,
    expected.flatMap(({ output }) => output.flat()),
  );
  const weights = expected.flatMap((one) => one.weights.flat(2));
  expectClose(perHead.weights.data, weights);
  expectClose(
    mean.weights.data,
    expected.flatMap((one) =>
      one.weights[0].flatMap((row, i) =>
        row.map((_, j) => one.weights.reduce((sum, head) => sum + head[i][j] / H, 0)),
      ),
    ),
  );
  // Looking never changes the result.
  expect(bitsOf(perHead.output)).toEqual(bitsOf(plain.output));
  expect(bitsOf(mean.output)).toEqual(bitsOf(plain.output));
  expect("weights" in plain).toBe(false);
}

describe("the layer is its definition", () => {
  test("separate projections, every size another prime", () => {
    expectNaive(params, naive);
  });

  test("without biases", () => {
    expectNaive(
      {
        ...params,
        queryBias: undefined,
        keyBias: undefined,
        valueBias: undefined,
        outBias: undefined,
      },
      {
        ...naive,
        query: { weight: naive.query.weight },
        key: { weight: naive.key.weight },
        value: { weight: naive.value.weight },
        out: { weight: naive.out.weight },
      },
    );
  });

  test("the key alone may go without a bias", () => {
    expectNaive({ ...params, keyBias: undefined }, { ...naive, key: { weight: naive.key.weight } });
  });

  test("biases in one", () => {
    const all = [params.queryBias, params.keyBias, params.valueBias] as Tensor<Float64Array>[];
    const inProjBias = all.flatMap(({ data }) => [...data]);
    expectNaive(
      { ...params, inProjBias, queryBias: undefined, keyBias: undefined, valueBias: undefined },
      naive,
    );
  });

  test("packed projections are the separate ones", () => {
    const model = 11;
    const parts = [1, 2, 3].map((seed) => make([H * D, model], seed));
    const [k, v] = [make([B, S, model], 21), make([B, S, model], 22)];
    const rest = { heads: H, outWeight: make([19, H * D], 7) };
    const inProjWeight = tensor(Float64Array.from(parts.flatMap(({ data }) => [...data])), {
      shape: [3 * H * D, model],
    });
    const packed = multiHeadAttention(query, k, v, { ...rest, inProjWeight });
    const [queryWeight, keyWeight, valueWeight] = parts;
    const separate = { ...rest, queryWeight, keyWeight, valueWeight };
    expect(packed).toEqual(multiHeadAttention(query, k, v, separate));
  });

  test("every option of attention reaches every head", () => {
    const allowed = (b: number, h: number, i: number, j: number): boolean =>
      (b + h + 2 * i + 3 * j) % 4 !== 0;
    const allow = masks.where(allowed);
    const bias = make([H, L, S], 30);
    const options = { allow, bias: { ...bias, shape: [1, H, L, S], stride: [0, L * S, S, 1] } };
    expectNaive(params, naive, { ...options, scale: 0.3, softcap: 2 }, (b) => (s, h, i, j) => {
      const capped = 2 * Math.tanh((s * Math.sqrt(D) * 0.3) / 2);
      return allowed(b, h, i, j) ? capped + bias.data[(h * L + i) * S + j] : -Infinity;
    });
  });
});

describe("extra keys are visible to every query", () => {
  const biasK = make([H * D], 40);
  const biasV = make([1, 1, H * E], 41);
  const learned = [[...biasK.data], [...biasV.data]];
  const zeros = [Array(H * D).fill(0), Array(H * E).fill(0)] as number[][];
  const kinds: [string, Partial<MultiHeadParams<Float64Array>>, number[][][]][] = [
    ["biasK", { biasK, biasV }, [learned]],
    ["a zero key", { addZeroAttn: true }, [zeros]],
    ["biasK, then a zero key", { biasK, biasV, addZeroAttn: true }, [learned, zeros]],
  ];
  describe.each(kinds)("%s", (_, extra, added) => {
    const layer: NaiveLayer = {
      ...naive,
      extraKeys: added.map(([k]) => k),
      extraValues: added.map(([, v]) => v),
    };
    const check = (
      options: MultiHeadOptions<Float64Array>,
      visible: (b: number, h: number, i: number, j: number) => boolean,
    ): void =>
      expectNaive(
        { ...params, ...extra },
        layer,
        options,
        (b) => (s, h, i, j) => (j >= S || visible(b, h, i, j) ? s : -Infinity),
      );

    test("without masks", () => check({}, () => true));
    test("allow, a tensor over the real keys", () => {
      const rows = Array.from({ length: L }, (_, i) =>
        Array.from({ length: S }, (_, j) => (i + j) % 3 === 0),
      );
      check({ allow: rows }, (_b, _h, i, j) => rows[i][j]);
    });
    test("block, padding of each batch entry", () => {
      const padding = [2, S].map((length) => [[Array.from({ length: S }, (_, j) => j >= length)]]);
      check({ block: padding }, (b, _h, _i, j) => j < [2, S][b]);
    });
    test("block, everything", () => check({ block: true }, () => false));
    test("causal, aligned at the real keys", () => {
      check({ causal: "topLeft" }, (_b, _h, i, j) => j <= i);
      check({ causal: "bottomRight" }, (_b, _h, i, j) => j <= i + S - L);
      check({ causal: { offset: [-2, 1] } }, (b, _h, i, j) => j <= i + [-2, 1][b]);
    });
    test("window", () => {
      const window = { left: 1, right: 2, align: "bottomRight" } as const;
      check({ window }, (_b, _h, i, j) => j >= i + S - L - 1 && j <= i + S - L + 2);
    });
    test("key lengths, also under an alignment to them", () => {
      check({ keyLengths: [3, 0] }, (b, _h, _i, j) => j < [3, 0][b]);
      check(
        { keyLengths: [5, 4], causal: "bottomRight" },
        (b, _h, i, j) => j < [5, 4][b] && j <= i + [5, 4][b] - L,
      );
    });
    test("a rule for the mask and one for the bias", () => {
      const bias = biases.alibi([1, 0.5, 0.25], { align: "bottomRight" });
      const allow = masks.causal("bottomRight");
      expectNaive({ ...params, ...extra }, layer, { bias, allow }, () => (s, h, i, j) => {
        if (j >= S) return s;
        const distance = Math.abs(i + S - L - j);
        return j <= i + S - L ? s - [1, 0.5, 0.25][h] * distance : -Infinity;
      });
    });
    test("query lengths", () => {
      const { output } = multiHeadAttention(
        query,
        key,
        value,
        { ...params, ...extra },
        {
          queryLengths: [L, 1],
        },
      );
      const outBias = [...(params.outBias as Tensor<Float64Array>).data];
      expect([...output.data.subarray(-19)]).toEqual(outBias);
    });
  });

  test.each([63, 64, 65, 130])("%i keys: extra keys beside a tile edge", (many) => {
    const [k, v] = [make([many, 13], 50), make([many, 17], 51)];
    const bias = make([L, many], 52);
    const layer = { ...params, biasK, biasV, addZeroAttn: true };
    const extra = { extraKeys: [learned[0], zeros[0]], extraValues: [learned[1], zeros[1]] };
    const one = make([L, 11], 9);
    for (const offset of [-1, 0, many - 3]) {
      const options = { causal: { offset }, bias, weights: "perHead" } as const;
      const { output, weights } = multiHeadAttention(one, k, v, layer, options);
      const expected = naiveLayer(
        [one, k, v].map((x) => rowsOf(x)) as never,
        { ...naive, ...extra },
        (s, _h, i, j) => {
          if (j >= many) return s;
          return j <= i + offset ? s + bias.data[i * many + j] : -Infinity;
        },
      );
      expectClose(output.data, expected.output.flat());
      expectClose(weights.data, expected.weights.flat(2));
    }
  });

  test("many keys: whole tiles of them blocked or padding", () => {
    const many = 200;
    const [k, v] = [make([B, many, 13], 50), make([B, many, 17], 51)];
    const layer = { ...params, addZeroAttn: true };
    const blocked = multiHeadAttention(query, k, v, layer, {
      keyLengths: [70, 1],
      weights: "mean",
    });
    const dense = multiHeadAttention(query, k, v, layer, {
      allow: masks.lengths([70, 1]),
      weights: "mean",
    });
    expect(blocked).toEqual(dense);
    const first = multiHeadAttention(
      { ...query, shape: [1, L, 11] },
      { ...k, shape: [1, 70, 13] },
      { ...v, shape: [1, 70, 17] },
      layer,
      { weights: "mean" },
    );
    expectClose(blocked.output.data.subarray(0, L * 19), [...first.output.data]);
  });
});

test("garbage in padding changes no bit", () => {
  const poisoned = [key, value].map(({ data, ...rest }) => {
    const copy = data.slice();
    copy.fill(NaN, (S - 2) * rest.shape[2], S * rest.shape[2]);
    return { ...rest, data: copy };
  });
  for (const extra of [{}, { addZeroAttn: true }]) {
    const layer = { ...params, ...extra };
    const options = { keyLengths: [S - 2, S] };
    expect(multiHeadAttention(query, poisoned[0], poisoned[1], layer, options)).toEqual(
      multiHeadAttention(query, key, value, layer, options),
    );
  }
});

test("a query that may attend nothing gives the output bias", () => {
  const { output, weights } = multiHeadAttention(query, key, value, params, {
    block: true,
    weights: "mean",
  });
  const outBias = [...(params.outBias as Tensor<Float64Array>).data];
  expect([...output.data]).toEqual(Array.from({ length: B * L }, () => outBias).flat());
  expect([...weights.data]).toEqual(Array(B * L * S).fill(0));
});

test("no batch axis, several, and none of something", () => {
  const one = multiHeadAttention(
    { ...query, shape: [L, 11], stride: [11, 1] },
    { ...key, shape: [S, 13], stride: [13, 1] },
    { ...value, shape: [S, 17], stride: [17, 1] },
    params,
    { weights: "perHead" },
  );
  const batched = multiHeadAttention(query, key, value, params, { weights: "perHead" });
  expect([one.output.shape, one.weights.shape]).toEqual([
    [L, 19],
    [H, L, S],
  ]);
  expect(one.output.data).toEqual(batched.output.data.subarray(0, L * 19));
  const many = multiHeadAttention(
    { ...query, shape: [1, B, L, 11], stride: [0, ...query.stride] },
    { ...key, shape: [1, B, S, 13], stride: [0, ...key.stride] },
    { ...value, shape: [1, B, S, 17], stride: [0, ...value.stride] },
    params,
    { weights: "mean" },
  );
  expect([many.output.shape, many.weights.shape]).toEqual([
    [1, B, L, 19],
    [1, B, L, S],
  ]);
  expect(many.output.data).toEqual(batched.output.data);
  const none = multiHeadAttention(make([L, 11], 1), make([0, 13], 2), make([0, 17], 3), params);
  expect(none.output.shape).toEqual([L, 19]);
  expect(
    multiHeadAttention(make([0, 11], 1), make([S, 13], 2), make([S, 17], 3), params, {
      weights: "mean",
    }).weights.shape,
  ).toEqual([0, S]);
});

test("views give the bits of copies, float32 stays float32", () => {
  const single = (x: unknown): Tensor<Float32Array> => {
    const { data, shape } = x as Tensor<Float64Array>;
    return tensor(Float32Array.from(data), { shape });
  };
  const layer = Object.fromEntries(
    Object.entries(params).map(([name, x]) => [name, name === "heads" ? x : single(x)]),
  ) as unknown as MultiHeadParams<Float32Array>;
  const [q, k, v] = [query, key, value].map(single);
  const expected = multiHeadAttention(q, k, v, layer, { weights: "mean" });
  expect(expected.output.dtype).toBe("float32");
  expectClose(
    expected.output.data,
    [...multiHeadAttention(query, key, value, params).output.data],
    1e-4,
  );
  const all = [q, k, v].map(({ data, shape }) => viewsOf(data, shape));
  for (const kind of Object.keys(all[0])) {
    const [a, b, c] = all.map((views) => views[kind]);
    expect(multiHeadAttention(a, b, c, layer, { weights: "mean" })).toEqual(expected);
    const weights = viewsOf(single(params.keyWeight).data, [H * D, 13])[kind];
    const viewed = { ...layer, keyWeight: weights };
    expect(multiHeadAttention(q, k, v, viewed, { weights: "mean" })).toEqual(expected);
  }
});

test("weights are typed only when they were asked for", () => {
  const small = { heads: 1, inProjWeight: [[1], [1], [1]], outWeight: [[1]] };
  const plain = multiHeadAttention([[1]], [[1]], [[1]], small);
  expectTypeOf(plain).toEqualTypeOf<{ output: Tensor<Float32Array> }>();
  const asked = multiHeadAttention([[1]], [[1]], [[1]], small, { weights: "mean" });
  expectTypeOf(asked).toEqualTypeOf<{
    output: Tensor<Float32Array>;
    weights: Tensor<Float32Array>;
  }>();
  const maybe = multiHeadAttention([[1]], [[1]], [[1]], small, {} as MultiHeadOptions);
  expectTypeOf(maybe.weights).toExtend<Tensor<FloatArray> | undefined>();
  expectTypeOf(multiHeadAttention(query, key, value, params).output).toExtend<
    Tensor<Float64Array>
  >();
  expect(toNested(asked.weights)).toEqual([[1]]);
  expect(splitHeads([[1, 2]], 2).dtype).toBe("float32");
});
