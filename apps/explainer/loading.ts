import { byId } from "./elements.js";

const millions = (n: number): string => (n / 1e6).toFixed(1);

/** What the page says while it waits. */
export const loading = {
  /** The model is on its way; behind a picture that is there already, it is no more than a line. */
  begin(): void {
    byId("failure").hidden = true;
    byId("loading").hidden = false;
    byId("loading").classList.toggle(
      "behind",
      byId("reading").getAttribute("aria-busy") !== "true",
    );
    byId<HTMLProgressElement>("progress").value = 0;
    byId("loaded").textContent = "";
  },
  progress(loaded: number, total: number): void {
    byId<HTMLProgressElement>("progress").value = (100 * loaded) / total;
    byId("loaded").textContent = `${millions(loaded)} of ${millions(total)} MB`;
  },
  end(): void {
    byId("loading").hidden = true;
  },
  failed(text: string): void {
    loading.end();
    byId("failure").hidden = false;
    byId("failure-text").textContent = text;
  },
  /** A sentence is being read: what is shown is that of the sentence before. */
  busy(text: string): void {
    byId("reading").setAttribute("aria-busy", "true");
    byId("loading").classList.remove("behind");
    byId("notice").textContent = `Reading “${text.trim()}” …`;
  },
  idle(): void {
    byId("reading").setAttribute("aria-busy", "false");
    byId("loading").classList.add("behind");
    byId("notice").textContent = "";
  },
};

/** Runs something when the browser has drawn and has nothing else to do. */
export function whenIdle(run: () => void): void {
  requestAnimationFrame(() => {
    // Safari has no idle callbacks.
    if ("requestIdleCallback" in window) requestIdleCallback(run, { timeout: 2000 });
    else setTimeout(run, 200);
  });
}
