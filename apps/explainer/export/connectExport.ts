import { byId } from "../elements.js";
import type { Shown } from "../showPicture.js";
import { copy } from "./copy.js";
import { standalone } from "./standalone.js";
import { toPng } from "./toPng.js";

/** The buttons that copy what is shown. */
export function connectExport(shown: () => Shown | undefined, link: () => string): void {
  const contentOf = async (kind: string): Promise<string | Blob | undefined> => {
    if (kind === "link") return link();
    const picture = shown();
    if (picture === undefined) return undefined;
    const { svg, title, data, state } = picture;
    if (kind === "json") return JSON.stringify({ title, ...state, data: data() }, null, 2);
    const text = standalone(svg, title);
    if (kind === "svg") return text;
    const { width, height } = svg.viewBox.baseVal;
    return toPng(text, width, height);
  };
  for (const button of document.querySelectorAll<HTMLElement>("[data-copy]")) {
    button.addEventListener("click", () => {
      const kind = button.dataset["copy"]!;
      const said = byId("copied");
      said.textContent = "";
      contentOf(kind)
        .then((content) => content && copy(content, `attention.${kind === "link" ? "txt" : kind}`))
        .then((text) => (said.textContent = text ?? ""))
        .catch((error: Error) => (said.textContent = `This did not work: ${error.message}`));
    });
  }
}
