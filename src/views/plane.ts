import { principalPlane, type PrincipalPlane } from "../explain/index.js";
import { inside, percent, quoted, short } from "./format.js";
import { circle, group, line, still } from "./marks.js";
import { planeBars, strongest } from "./planeBars.js";
import { planeCaption } from "./planeCaption.js";
import { dot, labelMarks, type Label } from "./planeLabels.js";
import { layOut, type Point } from "./planeLayout.js";
import { planeLegend } from "./planeLegend.js";
import { feet, ground, keyMark, scoreLines, touch } from "./planeMap.js";
import { weightsInPlane, type PlaneHead, type WeightsInPlane } from "./planeWeights.js";
import type { Mark, Paint, Picture, PictureOptions } from "./types.js";

export interface PlaneOptions extends PictureOptions {
  /** The position of the query. Default 0. */
  readonly query?: number | undefined;
  /** The position of a key that is pointed out. Default: the one with the largest weight. */
  readonly key?: number | undefined;
  /** How far the query was moved, in units of the plane. Default not at all. */
  readonly moved?: readonly [number, number] | undefined;
  /** The colour of each key's word. Default: that of the word at its position. */
  readonly paint?: ((key: number) => Paint) | undefined;
  /** The plane of a picture of the same head, which is then not computed again. */
  readonly plane?: PrincipalPlane | undefined;
}

/** A picture of a plane, with what a drag needs. */
export interface PlanePicture extends Picture {
  /** The plane of the queries and, behind them, the keys. */
  readonly plane: PrincipalPlane;
  /** Pixels for one unit of the plane. */
  readonly unit: number;
  /** How far the query was moved: as asked, but not out of the map. */
  readonly moved: readonly [number, number];
  /** What it attends to from there. */
  readonly now: WeightsInPlane;
  /** How far the query is moved after a drag by so many pixels, for `moved` of the next picture. */
  readonly movedBy: (pixels: readonly [number, number]) => readonly [number, number];
}

/**
 * The queries and keys of one head as a map: the plane that keeps most of them. A score is how far a key lies along the
 * chosen query, times its length. The query can be dragged; its weights are those of attention with all its numbers.
 */
export function plane(head: PlaneHead, options: PlaneOptions = {}): PlanePicture {
  const { width = 640, query = 0, paint = (key) => `word-${key}` as const } = options;
  const { view, scale } = head;
  const row = view.row(query);
  const whole = options.plane ?? principalPlane([...head.queries, ...head.keys]);
  const count = view.queries.length;
  const [queries, keys] = [whole.points.slice(0, count), whole.points.slice(count)];
  const layout = layOut(whole.points, width);
  const { frame, at, unit } = layout;
  const home = queries[query];
  const place = ([dx, dy]: Point): Point => {
    if (dx === 0 && dy === 0) return [0, 0];
    const [x, y] = layout.inside([home[0] + dx, home[1] + dy]);
    return [x - home[0], y - home[1]];
  };
  const moved = place(options.moved ?? [0, 0]);
  const away = moved[0] !== 0 || moved[1] !== 0;
  const here: Point = [home[0] + moved[0], home[1] + moved[1]];
  const now = weightsInPlane(head, whole, query, moved);
  const { weights, scores } = now;
  const inMap = keys.map(([x, y]) => (x * here[0] + y * here[1]) * scale);
  const reasons = view.keys.map(() => "");
  for (const { keyIndex, blocked, reason } of row.keys)
    if (blocked === true) reasons[keyIndex] = reason || "by a rule";
  const names = view.keys.map(({ text }) => text);
  const name = view.queries[query].text;
  const pointed = options.key ?? weights.indexOf(Math.max(...weights));

  const named = strongest(weights, 8);
  const [origin, tip] = [at([0, 0]), at(here)];
  const tips = keys.map(at);
  const legend = planeLegend(frame.height + 12, layout.beside ? frame.width : width, count > 1);
  const bars = planeBars(
    { query, name, keys: names, weights, reasons, marked: options.key, paint },
    layout.bars.width,
  );
  const barsTop = layout.beside ? 0 : legend.bottom + 20;
  return {
    width,
    height: Math.max(legend.bottom, barsTop + bars.height) + 4,
    title: `“${inside(name)}” among the keys`,
    subtitle: options.subtitle ?? view.name,
    badges: options.badges ?? [],
    caption: planeCaption({
      name,
      kept: whole.kept,
      moved: away ? moved : undefined,
      open: names.flatMap((key, j) => {
        const own = view.queries === view.keys && j === query;
        const open = { name: own ? "itself" : quoted(key), score: scores[j], inMap: inMap[j] };
        return reasons[j] === "" ? [{ ...open, weight: weights[j] }] : [];
      }),
    }),
    marks: [
      group("plane", 0, 0, [
        ...ground(layout),
        ...scoreLines(layout, here),
        ...keys.map((_, j) => keyOf(j)),
        ...feet(layout, here, keys, pointed),
        ...queries.flatMap((_, i) => (i === query ? [] : [otherOf(i)])),
        ...(away ? [homeOf()] : []),
        still(line("query-arrow", origin, tip, "query", { "stroke-width": 3.5 })),
        ...labels(),
        headOf(),
      ]),
      legend.mark,
      group("bars", layout.bars.x, barsTop, bars.marks),
    ],
    table: () => ({
      columns: ["Key", "x", "y", "Score", "Score in the map", "Weight", "Blocked by"],
      rows: names.map((key, j) => [
        key,
        ...[...keys[j], scores[j], inMap[j]].map((x) => short(x)),
        reasons[j] === "" ? percent(weights[j]) : "blocked",
        reasons[j],
      ]),
    }),
    plane: whole,
    unit,
    moved,
    now,
    movedBy: ([x, y]) => place([moved[0] + x / unit, moved[1] - y / unit]),
  };

  function keyOf(j: number): Mark {
    const what = reasons[j] === "" ? percent(weights[j]) : `blocked, ${reasons[j]}`;
    const label = `key ${inside(names[j])}: score ${short(scores[j])}, ${what}`;
    const look = {
      paint: paint(j),
      blocked: reasons[j] !== "",
      chosen: j === options.key,
      faint: !named.includes(j) && j !== options.key,
    };
    return keyMark(j, origin, tips[j], look, { target: { query, key: j }, label });
  }

  function otherOf(i: number): Mark {
    const place = at(queries[i]);
    const shown = circle(`query-dot-${i}`, place, 3.5, "query", { "fill-opacity": 0.45 });
    const label = `query ${inside(view.queries[i].text)}`;
    const more = { target: { query: i }, label, choice: "open" as const };
    return group(`query-${i}`, 0, 0, [touch(`query-touch-${i}`, place, 10), shown], more);
  }

  /** Where the query was before it was moved. */
  function homeOf(): Mark {
    const look = { stroke: "query", "stroke-width": 1.5, "stroke-dasharray": "3 3" };
    return still(circle("query-home", at(home), 6, "none", look));
  }

  function headOf(): Mark {
    const at = here.map((x) => short(x, 1)).join(", ");
    const marks = [
      touch("query-touch", [0, 0], 20),
      circle("query-knob", [0, 0], 8, "query", { stroke: "ground", "stroke-width": 2 }),
    ];
    const label = `query ${inside(name)}, at ${at} in the map`;
    return group("query-head", ...tip, marks, { target: { query }, label, draggable: true });
  }

  function labels(): Mark[] {
    const of = (id: string, point: Point, text: string, fill: Paint): Label => {
      return { id, at: point, text, fill, left: point[0] < origin[0] };
    };
    const those = named.map((j) => of(`key-${j}`, tips[j], names[j], "key"));
    const own = { ...of("query", tip, name, "query"), weight: 600 };
    // Keys come first and know the query where it was, so that they stay while it is dragged.
    const dots = [dot(origin, 4), dot(at(home), 10), ...tips.map((it) => dot(it, 5))];
    return labelMarks([...those, own], dots, frame);
  }
}
