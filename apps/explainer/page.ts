import type { Target } from "qkv/views";
import { startAddress } from "./address.js";
import { connectArrows, connectControls, showControls } from "./controls.js";
import { byId } from "./elements.js";
import { connectExport } from "./export/connectExport.js";
import { compared, fitted, recounted } from "./fitted.js";
import { keepNames } from "./keepNames.js";
import { loading, whenIdle } from "./loading.js";
import type { Encoded } from "./model/messages.js";
import { startSentences } from "./model/sentences.js";
import { keepOffline } from "./offline/keepOffline.js";
import { linkMarks } from "./linkMarks.js";
import { pictureOf, type PagePicture, type Pair } from "./pictures/index.js";
import { noticeOf } from "./noticeOf.js";
import { readingOf, type Reading } from "./reading.js";
import { scenes, storyOf } from "./scenes/index.js";
import type { SceneId } from "./scenes/ids.js";
import { startPlayer } from "./scenes/player.js";
import { connectModes, connectScenes, showScene } from "./scenes/showScene.js";
import type { Scene, SceneContext, Settings } from "./scenes/types.js";
import { roomFor, showPicture } from "./showPicture.js";
import { askedOf, fromHash, toHash, type State } from "./state.js";
import { titleOf } from "./titleOf.js";

/** Everything in one direction: an event makes a new state, a state makes the page. */
export function startPage(): void {
  let state = compared(fromHash(location.hash));
  /** Where a reader who comes back from free play goes on. */
  let lastScene: SceneId = state.scene ?? "sentence";
  /** The sentences that were read, by their texts. */
  const read = new Map<string, Encoded>();
  /** What a reader dragged, or set beside the state; it goes with the scene or the view. */
  let hand: Settings = {};
  let sliding = false;
  let begun = false;
  let beat = 0;
  /** What was played last: a scene plays when it is entered, and when its sentence or word is another. */
  let played = "";
  let taken: PagePicture | undefined;
  const address = startAddress();
  const player = startPlayer((at) => {
    beat = at;
    drawNow();
  });

  const sentences = startSentences({
    loading: loading.begin,
    progress: loading.progress,
    ready: loading.end,
    read(text, encoded) {
      read.set(text, encoded);
      // An answer to an earlier sentence is late.
      if (text !== state.text && text !== state.against) return;
      ask();
      if (!begun) whenIdle(begin);
      begun = true;
    },
    failed(step, message) {
      loading.idle();
      if (!read.has(state.text)) byId("reading").hidden = true;
      const what =
        step === "load" ? "The model could not be loaded" : "This sentence could not be read";
      loading.failed(`${what}: ${message}.`);
    },
  });

  /** What can wait until there is a picture. */
  function begin(): void {
    sentences.load();
    keepOffline();
  }

  /** A step of the reader; dragging a slider is one. */
  function change(next: Partial<State>, slid = false): void {
    const before = state;
    state = { ...state, ...(next.text === undefined ? {} : { without: [] }), ...next };
    state = compared(state);
    const encoded = read.get(state.text);
    // Words and pieces are counted differently; the place stays.
    if (encoded && next.text === undefined && state.pieces !== before.pieces) {
      state = recounted(state, encoded);
    }
    if (slid && sliding) address.replace(toHash(state));
    else address.push(toHash(state));
    sliding = slid;
    enter(before);
  }

  /** Shows a state that follows another. */
  function enter(before: State): void {
    if (state.scene !== before.scene || state.view !== before.view || state.text !== before.text) {
      hand = {};
    }
    // In a scene there are sliders beside it; what was dragged there belongs to its word already.
    if (state.scene === undefined && state.word !== before.word) hand = {};
    lastScene = state.scene ?? lastScene;
    // Only then: a reader may be typing.
    if (state.text !== before.text) byId<HTMLInputElement>("text").value = state.text;
    ask();
  }

  /** Shows what is there, and reads what is not. */
  function ask(): void {
    document.title = titleOf(state);
    byId("failure").hidden = true;
    for (const text of [
      state.text,
      ...(state.view === "compare" && state.against ? [state.against] : []),
    ]) {
      const encoded = read.get(text);
      if (encoded) {
        // What a reader chose is shown as chosen, also while the other sentence is read.
        if (encoded.pieces.length > 0) {
          const reading = readingOf(encoded, state);
          showControls(fitted(state, reading), reading);
        }
        continue;
      }
      loading.busy(text);
      sentences.read(text);
      return;
    }
    show();
  }

  function show(): void {
    const encoded = read.get(state.text);
    if (encoded === undefined) return;
    const empty = encoded.pieces.length === 0;
    byId("reading").hidden = empty;
    loading.idle();
    byId("notice").textContent = noticeOf(encoded, state);
    showMode();
    if (empty) return;
    const reading = readingOf(encoded, state);
    state = fitted(state, reading);
    address.replace(toHash(state));
    showControls(state, reading);
    document.title = titleOf(state, reading, state.scene && scenes[state.scene].title);
    const { scene, text, word } = state;
    const play = JSON.stringify([scene, text, word]);
    if (scene === undefined || play === played) {
      // Pictures that follow each other go on: a key that is chosen meanwhile is shown in them.
      if (scene === undefined) player.stop();
      drawNow();
    } else {
      player.play(scenes[scene].beats?.(contextOf(reading)) ?? 1);
    }
    played = play;
  }

  function showMode(): void {
    const story = state.scene !== undefined;
    byId("scene").hidden = !story;
    byId("play").hidden = story;
    byId("mode-story").setAttribute("aria-pressed", String(story));
    byId("mode-play").setAttribute("aria-pressed", String(!story));
  }

  function contextOf(reading: Reading): SceneContext {
    return { reading, state, width: roomFor(byId("picture")), settings: hand };
  }

  /** Draws what the state, the hand and the beat say. */
  function drawNow(duration?: number): void {
    const encoded = read.get(state.text);
    if (encoded === undefined || encoded.pieces.length === 0) return;
    const reading = readingOf(encoded, state);
    const context = contextOf(reading);
    const against = read.get(state.against);
    // No sentence was read too, if a reader asked for it.
    const other = against && against.pieces.length > 0 ? against : undefined;
    const pair: Pair = {
      ...context,
      other: other && readingOf(other, { ...state, text: state.against, without: [] }),
    };
    const { scene } = state;
    const picture = scene === undefined ? pictureOf(pair) : sceneOf(scenes[scene], context);
    if (scene !== undefined) showScene(scene, scenes[scene], context);
    taken = picture;
    describe(`${picture.title}. ${picture.caption}`);
    const handlers = {
      choose({ query, key, layer, head }: Target) {
        change({
          word: query ?? state.word,
          key: key ?? (query === undefined ? state.key : undefined),
          layer: layer ?? state.layer,
          head: head ?? state.head,
        });
      },
      point(target: Target | undefined, label: string | undefined) {
        byId("detail").textContent = label ?? "";
        linkMarks(byId("picture"), target);
      },
      drag(target: Target, by: readonly [number, number]) {
        hand = { ...hand, ...picture.drag?.(context, target, by) };
        drawNow(0);
      },
    };
    showPicture(picture, handlers, duration);
  }

  /** Free play begins with the head that the story was about: a mean shows no head's look. */
  function toldHead(): Partial<State> {
    const encoded = read.get(state.text);
    if (state.head !== "mean" || !encoded || encoded.pieces.length === 0) return {};
    const story = storyOf(readingOf(encoded, state), state.word);
    return story ? { head: story.head } : {};
  }

  /** The picture of a scene at its beat, with what the page does beside drawing it. */
  function sceneOf(scene: Scene, context: SceneContext): PagePicture {
    const { drag } = scene;
    return { ...scene.picture(context, beat), ...(drag && { drag: drag.bind(scene) }) };
  }

  connectControls(change, () => state);
  byId("controls").addEventListener("change", () => (sliding = false));
  connectArrows();
  const go = (scene: SceneId | undefined): void => {
    change({ scene, ...(scene ? scenes[scene].state : toldHead()) });
    // On a narrow screen a reader was below the picture.
    if (scene !== undefined && scrollY > 0) scrollTo({ top: 0 });
  };
  const titles = Object.fromEntries(Object.entries(scenes).map(([id, { title }]) => [id, title]));
  connectScenes(titles as Record<SceneId, string>, go, () => state.scene);
  connectModes(
    go,
    () => state.scene,
    () => lastScene,
  );
  byId("scene-again").addEventListener("click", () => {
    played = "";
    show();
  });
  byId("scene-sliders").addEventListener("input", ({ target }) => {
    const { name, value } = target as HTMLInputElement;
    hand = { ...hand, [name]: Number(value) };
    drawNow(0);
  });
  connectExport(() => {
    if (taken === undefined) return undefined;
    const picture = taken;
    const { title, subtitle, badges } = picture;
    const json = (): unknown => ({
      title,
      subtitle,
      badges,
      asked: askedOf(state),
      data: picture.data?.(),
    });
    return { picture, json, link: location.href.replace(/#.*$/, "") + toHash(state) };
  });
  byId("retry").addEventListener("click", () => {
    ask();
    sentences.load();
  });
  const goTo = (): void => {
    address.forget();
    if (location.hash === toHash(state)) return;
    const before = state;
    state = compared(fromHash(location.hash));
    enter(before);
  };
  window.addEventListener("popstate", goTo);
  window.addEventListener("hashchange", goTo);
  keepNames(byId("picture"));
  // A picture fits its place.
  let width = 0;
  new ResizeObserver(([{ contentRect }]) => {
    if (Math.round(contentRect.width) === width) return;
    width = Math.round(contentRect.width);
    // In the next frame: a picture that changes the layout now would be measured again at once.
    requestAnimationFrame(() => drawNow(0));
  }).observe(byId("picture"));
  byId<HTMLInputElement>("text").value = state.text;
  ask();
}

/** What those who keep or share the page show of it, beside its title. */
function describe(text: string): void {
  document.querySelector<HTMLMetaElement>("meta[name=description]")!.content = text;
}
