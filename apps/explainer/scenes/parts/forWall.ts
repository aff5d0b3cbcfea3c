import type { Mark } from "../../marks.js";
import type { Scene, SceneContext } from "../types.js";

/** Where there is room, a class reads from the wall. */
const [wide, by] = [900, 1.25] as const;
const sizes = new Set(["x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "width", "height", "font-size", "stroke-width"]); // prettier-ignore

/** A scene whose pictures are larger, letters and all, in a wide place. */
export function forWall(scene: Scene): Scene {
  const { drag } = scene;
  const factorOf = ({ width }: SceneContext): number => (width >= wide ? by : 1);
  const inner = (context: SceneContext): SceneContext => ({ ...context, width: context.width / factorOf(context) }); // prettier-ignore
  return {
    ...scene,
    picture(context, beat) {
      const factor = factorOf(context);
      const picture = scene.picture(inner(context), beat);
      if (factor === 1) return picture;
      const marks = picture.marks.map((mark) => enlarged(mark, factor));
      return {
        ...picture,
        width: context.width,
        height: Math.ceil(picture.height * factor),
        marks,
      };
    },
    ...(drag && {
      drag: (context, target, [x, y]) =>
        drag(inner(context), target, [x / factorOf(context), y / factorOf(context)]),
    }),
  };
}

function enlarged(mark: Mark, factor: number): Mark {
  const times = (x: string | number): number => Math.round(Number(x) * factor * 100) / 100;
  const numbers = (text: string): string => text.replace(/-?\d*\.?\d+/g, (x) => String(times(x)));
  const attributes = Object.entries(mark.attributes).map(([name, value]) => {
    if (sizes.has(name)) return [name, times(value)];
    // The flags of an arc are no lengths.
    if (name === "d") return [name, String(value).replace(/( \d \d \d )|([^ ,a-zA-Z]+)/g, (it, flags?: string) => flags ?? numbers(it))]; // prettier-ignore
    if (name === "transform") return [name, String(value).replace(/translate\([^)]*\)/, numbers)];
    return [name, value];
  });
  return {
    ...mark,
    attributes: Object.fromEntries(attributes) as Mark["attributes"],
    ...(mark.marks && { marks: mark.marks.map((it) => enlarged(it, factor)) }),
  };
}
