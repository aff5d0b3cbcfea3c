import { draw, type Handlers, type Picture } from "qkv/views";
import { byId } from "./elements.js";
import { placeNames } from "./keepNames.js";
import { showTable } from "./showTable.js";

/** What is on the page, for those who copy it. */
export interface Shown {
  readonly picture: Picture;
  readonly svg: SVGSVGElement;
}

/** How wide a picture may be, in pixels for letters of 16: pictures grow with the letters of the page. */
export function roomFor(host: HTMLElement): number {
  return Math.max(260, Math.floor(host.clientWidth / zoom()));
}

function zoom(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
}

/** Draws a picture, and says in words and in a table what it shows. */
export function showPicture(picture: Picture, handlers: Handlers, duration?: number): Shown {
  const svg = draw(byId("picture"), picture, { ...handlers, duration, zoom: zoom() });
  placeNames(byId("picture"));
  byId("title").textContent = picture.title;
  byId("subtitle").textContent = picture.subtitle;
  byId("badges").replaceChildren(
    ...picture.badges.map((badge) => {
      const item = document.createElement("li");
      item.textContent = badge;
      return item;
    }),
  );
  byId("caption").textContent = picture.caption;
  showTable(picture.table);
  return { picture, svg };
}
