import { parseHTML } from "linkedom";
import { toSvg } from "qkv/views";
import type { Plugin } from "vite";
import { scenes } from "../scenes/index.js";
import { proseOf } from "../scenes/prose.js";
import { initial } from "../state.js";
import { exampleReading } from "./exampleStates.js";

/** As wide as the picture has room on a screen of 1280 pixels; narrower screens shrink it until the script draws. */
const width = 720;

/** Puts the first picture and what is said of it into the page, so that both are there before any script. */
export function firstPicture(): Plugin {
  return {
    name: "first picture",
    transformIndexHtml(html) {
      const { document } = parseHTML(html);
      const scene = scenes[initial.scene!];
      const context = { reading: exampleReading(initial), state: initial, width, settings: {} };
      const picture = scene.picture(context, 0);
      const put = (id: string, text: string): void => {
        document.getElementById(id)!.textContent = text;
      };
      put("scene-place", `Scene 1 of ${Object.keys(scenes).length}`);
      put("scene-title", scene.title);
      put("title", picture.title);
      put("subtitle", picture.subtitle);
      put("caption", picture.caption);
      document.getElementById("scene-text")!.innerHTML = scene.text(context).map(proseOf).join("");
      document.getElementById("picture")!.innerHTML = toSvg(picture, {
        theme: "page",
        titled: false,
      }).replace("<svg", '<svg class="first"');
      document.getElementById("text")!.setAttribute("value", initial.text);
      return `<!doctype html>\n${document.documentElement.outerHTML}\n`;
    },
  };
}
