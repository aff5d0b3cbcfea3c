import { path, percent, text, type Box, type Mark } from "../../marks.js";

/** At most so many: more are a tangle. */
const most = 8;
/** How thick a line of weight 1 is. */
const full = 22;

/**
 * Lines from the word that looks to the words that it looks at, as thick as their weights. Above the sentence where
 * both stand in one line of it, else from line to line, behind the words.
 */
export function looksLines(
  boxes: readonly Box[],
  word: number,
  weights: readonly number[],
  room: number,
): Mark[] {
  const from = boxes[word];
  const far = Math.max(...boxes.map((box) => Math.abs(middle(box) - middle(from))), 1);
  const others = strongest(weights, word);
  return others.flatMap((j, n): Mark[] => {
    const to = boxes[j];
    const [x, u] = [middle(from), middle(to)];
    const pen = Math.max(weights[j] * full, 1);
    const look = { fill: "none", stroke: "weight", "stroke-width": pen, "stroke-opacity": 0.85 };
    if (to.y !== from.y) {
      const [y, v] = to.y > from.y ? [from.y + from.height, to.y] : [from.y, to.y + to.height];
      return [path(`look-${j}`, `M${x},${y} C${x},${(y + v) / 2} ${u},${(y + v) / 2} ${u},${v}`, look)]; // prettier-ignore
    }
    const y = from.y - 2;
    // A curve rises to three quarters of its two handles.
    const high = 0.7 * Math.min(room, y - pen) * (0.45 + (0.55 * Math.abs(u - x)) / far);
    const top = y - high / 0.75;
    const arc = path(`look-${j}`, `M${x},${y} C${x},${top} ${u},${top} ${u},${y}`, look);
    // Below other lines of the sentence there is no room for a number.
    if (n > 0 || from.y !== boxes[0].y) return [arc];
    const style = { size: 15, weight: 600, anchor: "middle", halo: true } as const;
    return [arc, text("look-most", (x + u) / 2, y - high - pen / 2 - 10, percent(weights[j]), style)]; // prettier-ignore
  });
}

/** The other words, those that get most first, as many as have a line. */
export function strongest(weights: readonly number[], word: number): number[] {
  const others = weights.map((_, j) => j).filter((j) => j !== word && weights[j] > 0);
  return others.sort((a, b) => weights[b] - weights[a]).slice(0, most);
}

const middle = ({ x, width }: Box): number => x + width / 2;
