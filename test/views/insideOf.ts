import type { Mark, Picture } from "qkv/views";
import { textWidth } from "../../src/views/textWidth.js";

/** `[a, b, c, d, e, f]` as in SVG: x′ = a·x + c·y + e, y′ = b·x + d·y + f. */
type Matrix = readonly [number, number, number, number, number, number];
type Point = readonly [number, number];
interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}
interface Placed {
  readonly mark: Mark;
  readonly matrix: Matrix;
  /** Before its matrix. */
  readonly box: Box;
}

/** Less than a pixel is not seen, and widths of texts are estimates. */
const slack = 0.75;

/**
 * What is wrong with how a picture is laid out, a sentence each: marks beyond its edges, texts over texts, ids that are
 * there twice, numbers that are none.
 */
export function faultsOf(picture: Picture): string[] {
  const placed = picture.marks.flatMap((mark) => place(mark, [1, 0, 0, 1, 0, 0]));
  return [
    ...twice(placed),
    ...strange(picture, placed),
    ...outside(picture, placed),
    ...overlaps(placed.filter(({ mark }) => mark.kind === "text" && mark.text !== "")),
  ];
}

/** All marks of a picture, those in groups too. */
export function allMarks(picture: Pick<Picture, "marks">): Mark[] {
  const flat = (mark: Mark): Mark[] => [mark, ...(mark.marks ?? []).flatMap(flat)];
  return picture.marks.flatMap(flat);
}

/** The mark with an id. */
export function markOf(picture: Pick<Picture, "marks">, id: string): Mark {
  const mark = allMarks(picture).find((it) => it.id === id);
  if (!mark) throw new Error(`no mark ${id}`);
  return mark;
}

function twice(placed: readonly Placed[]): string[] {
  const ids = placed.map(({ mark }) => mark.id);
  return ids.filter((id, n) => ids.indexOf(id) !== n).map((id) => `id ${id} is there twice`);
}

function strange({ width, height, caption }: Picture, placed: readonly Placed[]): string[] {
  const texts = [caption, ...placed.flatMap(({ mark }) => [mark.text ?? "", mark.label ?? ""])];
  const words = texts.filter((text) => /NaN|undefined|Infinity/.test(text));
  const numbers = placed.filter(({ mark }) =>
    Object.values(mark.attributes).some((value) => /NaN|undefined|Infinity/.test(String(value))),
  );
  return [
    ...(width > 0 && height > 0 ? [] : [`the size is ${width} × ${height}`]),
    ...words.map((text) => `“${text}” holds no number`),
    ...numbers.map(({ mark }) => `${mark.id} has ${JSON.stringify(mark.attributes)}`),
  ];
}

function outside({ width, height }: Picture, placed: readonly Placed[]): string[] {
  return placed.flatMap(({ mark, matrix, box }) => {
    if (mark.kind === "g") return [];
    const { left, top, right, bottom } = boxOf(corners(box).map((point) => apply(matrix, point)));
    const out = left < -slack || top < -slack || right > width + slack || bottom > height + slack;
    const at = [left, top, right, bottom].map((x) => x.toFixed(1)).join(" ");
    return out ? [`${nameOf(mark)} at ${at} is beyond ${width} × ${height}`] : [];
  });
}

/** Texts that lie on each other, of those with the same direction. */
function overlaps(texts: readonly Placed[]): string[] {
  return texts.flatMap((one, n) =>
    texts.slice(n + 1).flatMap((other) => {
      const same = [0, 1, 2, 3].every((k) => Math.abs(one.matrix[k] - other.matrix[k]) < 1e-9);
      if (!same) return [];
      const a = along(one);
      const b = along(other);
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      return wide > slack && high > slack
        ? [`${nameOf(one.mark)} lies on ${nameOf(other.mark)} by ${wide.toFixed(1)} pixels`]
        : [];
    }),
  );
}

/** The box of a text in the directions of its own letters, from where the picture begins. */
function along({ matrix, box }: Placed): Box {
  const [a, b, c, d, e, f] = matrix;
  const size = a * d - b * c;
  const [x, y] = [(d * e - c * f) / size, (a * f - b * e) / size];
  return {
    left: box.left + x,
    right: box.right + x,
    top: box.top + y,
    bottom: box.bottom + y,
  };
}

function place(mark: Mark, outer: Matrix): Placed[] {
  const matrix = times(outer, read(String(mark.attributes["transform"] ?? "")));
  const inner = (mark.marks ?? []).flatMap((child) => place(child, matrix));
  return [{ mark, matrix, box: boxOfMark(mark) }, ...inner];
}

function read(transform: string): Matrix {
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  for (const [, name, given] of transform.matchAll(/(\w+)\(([^)]*)\)/g)) {
    const [x, y = 0] = given.split(/[\s,]+/).map(Number);
    if (name === "translate") matrix = times(matrix, [1, 0, 0, 1, x, y]);
    else if (name === "rotate") {
      const [cos, sin] = [Math.cos((x * Math.PI) / 180), Math.sin((x * Math.PI) / 180)];
      matrix = times(matrix, [cos, sin, -sin, cos, 0, 0]);
    } else throw new Error(`transform ${name} is not known here`);
  }
  return matrix;
}

function boxOfMark({ kind, attributes, text = "" }: Mark): Box {
  const get = (name: string): number => Number(attributes[name] ?? 0);
  const stroked = (attributes["stroke"] ?? "none") !== "none";
  const pen = stroked ? Number(attributes["stroke-width"] ?? 1) / 2 : 0;
  const around = (points: readonly Point[], by = pen): Box => {
    const { left, top, right, bottom } = boxOf(points);
    return { left: left - by, top: top - by, right: right + by, bottom: bottom + by };
  };
  const [x, y] = [get("x"), get("y")];
  if (kind === "rect") return around([[x, y], [x + get("width"), y + get("height")]]); // prettier-ignore
  if (kind === "circle") return around([[get("cx"), get("cy")]], get("r") + pen);
  if (kind === "line") return around([[get("x1"), get("y1")], [get("x2"), get("y2")]]); // prettier-ignore
  if (kind === "path") return around(pointsOf(String(attributes["d"] ?? "")));
  if (kind === "g") return { left: 0, top: 0, right: 0, bottom: 0 };
  const size = get("font-size");
  const width = textWidth(text, size, Number(attributes["font-weight"] ?? 400));
  const anchor = attributes["text-anchor"] ?? "start";
  const left = x - width * (anchor === "middle" ? 0.5 : anchor === "end" ? 1 : 0);
  // From the top of a capital letter to the foot of a g.
  return { left, right: left + width, top: y - 0.74 * size, bottom: y + 0.22 * size };
}

/** The points of a path, those that only pull at a curve too: it stays between them. */
function pointsOf(d: string): Point[] {
  const points: Point[] = [];
  let [x, y]: Point = [0, 0];
  let start: Point = [0, 0];
  for (const [, command, given] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const numbers = (given.match(/-?(?:\d+\.?\d*|\.\d+)/g) ?? []).map(Number);
    const relative = command === command.toLowerCase();
    const [ox, oy] = relative ? [x, y] : [0, 0];
    const kind = command.toUpperCase();
    if (kind === "Z") [x, y] = start;
    else if (kind === "H") x = ox + numbers[0];
    else if (kind === "V") y = oy + numbers[0];
    else if (kind === "A") [x, y] = [ox + numbers[5], oy + numbers[6]];
    else if ("MLCQ".includes(kind)) {
      for (let at = 0; at + 1 < numbers.length; at += 2) {
        if (relative && "ML".includes(kind)) [x, y] = [x + numbers[at], y + numbers[at + 1]];
        else [x, y] = [ox + numbers[at], oy + numbers[at + 1]];
        points.push([x, y]);
      }
    } else throw new Error(`path command ${command} is not known here`);
    if (kind === "M") start = [x, y];
    points.push([x, y]);
  }
  return points.length > 0 ? points : [[0, 0]];
}

function boxOf(points: readonly Point[]): Box {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  return { left, right, top: Math.min(...ys), bottom: Math.max(...ys) };
}

function corners({ left, top, right, bottom }: Box): Point[] {
  return [[left, top], [right, top], [left, bottom], [right, bottom]]; // prettier-ignore
}

function apply([a, b, c, d, e, f]: Matrix, [x, y]: Point): Point {
  return [a * x + c * y + e, b * x + d * y + f];
}

function times([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [
    a * g + c * h, b * g + d * h,
    a * i + c * j, b * i + d * j,
    a * k + c * l + e, b * k + d * l + f,
  ]; // prettier-ignore
}

function nameOf({ id, text }: Mark): string {
  return text === undefined ? id : `${id} “${text}”`;
}
