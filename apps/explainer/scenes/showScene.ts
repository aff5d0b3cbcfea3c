import { byId } from "../elements.js";
import { sceneIds, type SceneId } from "./ids.js";
import { proseOf } from "./prose.js";
import type { Scene, SceneContext, Settings } from "./types.js";

/** What a scene says beside its picture. */
export function showScene(id: SceneId, scene: Scene, context: SceneContext): void {
  const at = sceneIds.indexOf(id);
  byId("scene-place").textContent = `Scene ${at + 1} of ${sceneIds.length}`;
  byId("scene-title").textContent = scene.title;
  byId("scene-text").innerHTML = scene.text(context).map(proseOf).join("");
  byId("scene-sources").replaceChildren(...(scene.sources ?? []).map(source));
  byId<HTMLButtonElement>("scene-back").disabled = at === 0;
  byId("scene-next").textContent = at === sceneIds.length - 1 ? "Free play" : "Next";
  byId("scene-again").hidden = (scene.beats?.(context) ?? 1) < 2;
  showSliders(scene, context.settings);
  for (const dot of document.querySelectorAll<HTMLElement>("#scene-dots button")) {
    if (dot.dataset["scene"] === id) dot.setAttribute("aria-current", "step");
    else dot.removeAttribute("aria-current");
  }
}

function source({ text, url }: { text: string; url: string }): HTMLElement {
  const link = document.createElement("a");
  link.href = url;
  link.textContent = text;
  const item = document.createElement("li");
  item.append(link);
  return item;
}

/** A slider keeps its element while a reader holds it. */
function showSliders({ sliders = [] }: Scene, settings: Settings): void {
  const host = byId("scene-sliders");
  const has = [...host.querySelectorAll("input")].map(({ name }) => name).join();
  if (has !== sliders.map(({ name }) => name).join()) {
    host.replaceChildren(
      ...sliders.map(({ name, label, min, max, step }) => {
        const input = document.createElement("input");
        Object.assign(input, { type: "range", name, min, max, step });
        const row = document.createElement("label");
        row.className = "range";
        row.append(label, input, document.createElement("output"));
        return row;
      }),
    );
  }
  for (const { name, start, format = String } of sliders) {
    const input = host.querySelector<HTMLInputElement>(`[name="${name}"]`)!;
    const value = String(settings[name] ?? start);
    if (input.value !== value) input.value = value;
    const shown = format(Number(value));
    input.setAttribute("aria-valuetext", shown);
    input.nextElementSibling!.textContent = shown;
  }
}

/** A dot for each scene, and keys that turn the pages. */
export function connectScenes(
  titles: Readonly<Record<SceneId, string>>,
  go: (id: SceneId | undefined) => void,
  now: () => SceneId | undefined,
): void {
  byId("scene-dots").replaceChildren(
    ...sceneIds.map((id) => {
      const dot = document.createElement("button");
      dot.type = "button";
      dot.dataset["scene"] = id;
      dot.title = titles[id];
      dot.setAttribute("aria-label", titles[id]);
      dot.addEventListener("click", () => go(id));
      const item = document.createElement("li");
      item.append(dot);
      return item;
    }),
  );
  const turn = (by: number): void => {
    const id = now();
    if (id === undefined) return;
    const at = sceneIds.indexOf(id) + by;
    if (at >= 0) go(sceneIds[at]);
  };
  byId("scene-next").addEventListener("click", () => turn(1));
  byId("scene-back").addEventListener("click", () => turn(-1));
  onKey(`${fields}, .tabs, .words, #picture, #table`, (key) => {
    if (now() === undefined) return false;
    if (key === "ArrowRight" || key === "PageDown") turn(1);
    else if (key === "ArrowLeft" || key === "PageUp") turn(-1);
    else return false;
    return true;
  });
}

/** From the story to free play and back, to where the reader was. */
export function connectModes(
  go: (id: SceneId | undefined) => void,
  now: () => SceneId | undefined,
  last: () => SceneId,
): void {
  byId("mode-story").addEventListener("click", () => go(last()));
  byId("mode-play").addEventListener("click", () => go(undefined));
  onKey(fields, (key) => {
    if (key !== "f") return false;
    go(now() === undefined ? last() : undefined);
    return true;
  });
}

const fields = "input, select, textarea";

/** Keys of the whole page, but where a part of it needs them for itself. */
function onKey(but: string, press: (key: string) => boolean): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest(but)) return;
    if (press(event.key)) event.preventDefault();
  });
}
