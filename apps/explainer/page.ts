import { startAddress } from "./address.js";
import { connectArrows, connectControls, showControls } from "./controls.js";
import { connectExport } from "./export/connectExport.js";
import { byId } from "./elements.js";
import { startModel } from "./model/client.js";
import type { Encoded } from "./model/messages.js";
import { readingOf, recount } from "./reading.js";
import { showPicture, type Shown } from "./showPicture.js";
import { fromHash, toHash, type State } from "./state.js";

/** What a reader should know of the sentence. */
function noticeOf({ pieces, cut }: Encoded, state: State): string {
  if (pieces.length === 0) return "Type a sentence: there is no word to look at yet.";
  const left = `the last ${cut} ${cut === 1 ? "is" : "are"} left out.`;
  return [
    ...(cut > 0 ? [`The model reads ${pieces.length} word pieces; ${left}`] : []),
    ...(state.pieces ? ["A ▁ marks where a word begins."] : []),
  ].join(" ");
}

/** Everything in one direction: an event makes a new state, a state makes the page. */
export function startPage(): void {
  let state = fromHash(location.hash);
  let encoded: Encoded | undefined;
  let shown: Shown | undefined;
  let ready = false;
  const address = startAddress();

  const model = startModel({
    progress(loaded, total) {
      byId<HTMLProgressElement>("progress").value = (100 * loaded) / total;
      const millions = (n: number): string => (n / 1e6).toFixed(1);
      byId("loaded").textContent = `${millions(loaded)} of ${millions(total)} MB`;
    },
    ready() {
      ready = true;
      byId("loading").hidden = true;
      model.read(state.text);
    },
    read(text, read) {
      // An answer to an earlier sentence is late.
      if (text !== state.text) return;
      encoded = read;
      byId("failure").hidden = true;
      show();
    },
    failed(step, message) {
      if (step === "load") ready = false;
      byId("loading").hidden = true;
      byId("failure").hidden = false;
      byId("failure-text").textContent =
        step === "load"
          ? `The model could not be loaded: ${message}.`
          : `This sentence could not be read: ${message}.`;
    },
  });

  function load(): void {
    byId("failure").hidden = true;
    byId("loading").hidden = false;
    byId<HTMLProgressElement>("progress").value = 0;
    model.load();
  }

  function change(next: Partial<State>): void {
    const before = state;
    state = { ...state, ...next };
    // Words and pieces are counted differently; the place stays.
    if (encoded && next.text === undefined && state.pieces !== before.pieces) {
      const place = (position: number): number => recount(encoded!, position, state.pieces);
      state = { ...state, word: place(state.word), key: place(state.key) };
    }
    address.write(toHash(state));
    // Only then: a reader may be typing.
    if (next.text !== undefined) byId<HTMLInputElement>("text").value = state.text;
    if (state.text !== before.text) {
      if (ready) model.read(state.text);
    } else show();
  }

  function show(): void {
    if (encoded === undefined) return;
    const { pieces } = encoded;
    byId("reading").hidden = pieces.length === 0;
    byId("notice").textContent = noticeOf(encoded, state);
    if (pieces.length === 0) return;
    const reading = readingOf(encoded, state);
    const last = reading.groups.length - 1;
    state = { ...state, word: Math.min(state.word, last), key: Math.min(state.key, last) };
    showControls(state, reading);
    shown = showPicture(reading, state, (word) => change({ word }), shown);
  }

  connectControls(change, () => state);
  connectArrows();
  connectExport(
    () => shown,
    () => location.href.replace(/#.*$/, "") + toHash(state),
  );
  byId("retry").addEventListener("click", load);
  window.addEventListener("hashchange", () => {
    address.forget();
    if (location.hash !== toHash(state)) change(fromHash(location.hash));
  });
  // A picture fits its place and its theme.
  const redraw = (): void => {
    shown = undefined;
    show();
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  let width = 0;
  new ResizeObserver(([{ contentRect }]) => {
    if (Math.round(contentRect.width) === width) return;
    width = Math.round(contentRect.width);
    redraw();
  }).observe(byId("picture"));
  byId<HTMLInputElement>("text").value = state.text;
  load();
}
