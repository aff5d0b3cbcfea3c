import type { MakeLibrary } from "../library.js";
import { expectedMatmul } from "../reference.js";
import type { CaseSpec, Entrant } from "../types.js";
import { matmulWork, type MatmulShape, type MatmulWork } from "../work.js";
import { matmulBaselines } from "./baselines.js";
import { qkvMatmul } from "./qkv.js";

// Of the largest of all sums of products of normal numbers.
const bounds = { float32: 2 ** -16, float64: 2 ** -45 } as const;

interface Work extends Omit<MatmulShape, "dtype"> {
  name?: string;
  baselines?: (keyof typeof matmulBaselines)[];
  quick?: boolean;
  headline?: boolean;
}

const square = (n: number, rest: Partial<Work> = {}): Work => ({ m: n, k: n, n, ...rest });

const shapes: Work[] = [
  square(64, { quick: true, baselines: ["plain", "ndarray"] }),
  square(128, { quick: true, baselines: ["plain", "ndarray"] }),
  square(256, { quick: true, headline: true, baselines: ["plain", "ndarray"] }),
  square(512, { baselines: ["plain"] }),
  square(256, { name: "256³, a transposed view", transpose: "a" }),
  square(256, { name: "256³, b transposed view", transpose: "b", quick: true }),
  square(256, { name: "256³, both transposed views", transpose: "ab" }),
  // The two products of attention, and those of one query over a cache.
  { name: "q·kᵀ 1024×64×1024", m: 1024, k: 64, n: 1024, transpose: "b", byOption: true },
  { name: "p·v 1024×1024×64", m: 1024, k: 1024, n: 64 },
  { name: "q·kᵀ 1×64×4096", m: 1, k: 64, n: 4096, transpose: "b", byOption: true, quick: true },
  { name: "p·v 1×4096×64", m: 1, k: 4096, n: 64, quick: true },
];

/** A product, compared with the reference. */
export function matmulCase(
  spec: Pick<CaseSpec, "name" | "quick" | "headline">,
  shape: MatmulShape,
  entrants: (work: MatmulWork) => Entrant[],
): CaseSpec {
  const { dtype, m, k, n } = shape;
  return {
    ...spec,
    ...{ group: "matmul", dtype, flops: 2 * m * k * n, bound: bounds[dtype] },
    prepare: async () => {
      const work = matmulWork(shape);
      return { expected: expectedMatmul(work), entrants: entrants(work) };
    },
  };
}

/** Products as `npm run bench` measures them. */
export function matmulCases(make: MakeLibrary): CaseSpec[] {
  return (["float32", "float64"] as const).flatMap((dtype) =>
    shapes.map(({ name, baselines = [], quick, headline, ...shape }) =>
      matmulCase({ name: name ?? `${shape.n}³`, quick, headline }, { ...shape, dtype }, (work) => [
        qkvMatmul(make, work),
        ...baselines.map((by) => matmulBaselines[by](work)),
      ]),
    ),
  );
}
