import { toPage, toPng, toSvg, type Picture } from "qkv/views";
import { byId } from "../elements.js";
import { copy, save } from "./copy.js";

/** What can be taken along. */
export interface Taken {
  readonly picture: Picture;
  /** All numbers behind it. */
  readonly json: () => unknown;
  /** An address that restores it. */
  readonly link: string;
}

const source =
  "Made with qkv from the weights of the Universal Sentence Encoder Lite (Copyright Google LLC, Apache License 2.0).";

/** The buttons that copy what is shown, or save it. */
export function connectExport(taken: () => Taken | undefined): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-copy]")) {
    button.addEventListener("click", () => {
      const kind = button.dataset["copy"]!;
      const said = byId("copied");
      said.textContent = "";
      take(kind, taken())
        .then((text) => (said.textContent = text))
        .catch((error: Error) => (said.textContent = `This did not work: ${error.message}`));
    });
  }
}

async function take(kind: string, what: Taken | undefined): Promise<string> {
  if (what === undefined) return "";
  const { picture, json, link } = what;
  const theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  switch (kind) {
    case "link":
      return copy(link, "attention.txt");
    case "json":
      return copy(JSON.stringify(json(), null, 2), "attention.json");
    case "svg":
      return copy(toSvg(picture, { theme }), "attention.svg");
    case "html":
      return save(
        new Blob([toPage(picture, { source, link })], { type: "text/html" }),
        "attention.html",
      );
    default:
      return copy(await toPng(picture, { theme }), "attention.png");
  }
}
