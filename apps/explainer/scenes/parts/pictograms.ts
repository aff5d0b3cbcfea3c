import { circle, line, path, rect, type Mark } from "../../marks.js";

/** Small drawings of 44 × 44, each from its own top left corner. */
export const pictograms: Readonly<Record<string, () => Mark[]>> = {
  text: () => [8, 18, 28, 38].map((y, n) => bar(`text-${n}`, 2, y, [40, 32, 38, 20][n])),
  code: () => [
    stroke("code-left", "M15,9 L4,22 L15,35"),
    stroke("code-right", "M29,9 L40,22 L29,35"),
    stroke("code-slash", "M25,6 L19,38"),
  ],
  images: () =>
    [0, 1, 2].flatMap((r) =>
      [0, 1, 2].map((c) =>
        rect(
          `images-${r}-${c}`,
          { x: 3 + c * 13, y: 3 + r * 13, width: 11.5, height: 11.5 },
          "weight",
          {
            rx: 2,
            opacity: [0.25, 0.4, 0.3, 0.5, 1, 0.7, 0.85, 0.6, 0.35][3 * r + c],
          },
        ),
      ),
    ),
  sound: () =>
    [10, 22, 34, 18, 28, 12, 20].map((height, n) =>
      rect(`sound-${n}`, { x: 3 + n * 5.8, y: 22 - height / 2, width: 3.4, height }, "weight", {
        rx: 1.7,
      }),
    ),
  proteins: () => [
    stroke("proteins-chain", "M5,34 L13,16 L22,30 L31,12 L39,26"),
    ...[[5, 34], [13, 16], [22, 30], [31, 12], [39, 26]].map(([x, y], n) => dot(`proteins-${n}`, x, y)), // prettier-ignore
  ],
  recommendations: () => [
    ...[8, 22, 36].map((y, n) => bar(`recommendations-${n}`, 16, y, [26, 20, 24][n])),
    stroke("recommendations-tick", "M2,22 l4,4 l7,-9"),
    ...[8, 36].map((y, n) => dot(`recommendations-dot-${n}`, 7, y)),
  ],
  agents: () => [
    stroke("agents-loop", "M9,28 A14,14 0 1 1 35,28"),
    stroke("agents-tip", "M30,25 l5,4 l4,-6"),
    dot("agents-centre", 22, 22),
    line("agents-ground", [12, 40], [32, 40], "weight", { "stroke-width": 2.5, "stroke-linecap": "round" }), // prettier-ignore
  ],
};

const bar = (id: string, x: number, y: number, width: number): Mark =>
  rect(`pictogram-${id}`, { x, y: y - 2, width, height: 4 }, "weight", { rx: 2 });

const stroke = (id: string, d: string): Mark =>
  path(`pictogram-${id}`, d, {
    fill: "none",
    stroke: "weight",
    "stroke-width": 2.5,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  });

const dot = (id: string, x: number, y: number): Mark =>
  circle(`pictogram-${id}`, [x, y], 4, "weight");
