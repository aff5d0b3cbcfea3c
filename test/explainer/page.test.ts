import { afterAll, afterEach, beforeAll, describe } from "vitest";
import { chromium } from "../../scripts/browsers.js";
import { addresses } from "./cases/addresses.js";
import { answers } from "./cases/answers.js";
import { drags } from "./cases/drags.js";
import { exports } from "./cases/exports.js";
import { failures } from "./cases/failures.js";
import { keys } from "./cases/keys.js";
import { looks } from "./cases/looks.js";
import { media } from "./cases/media.js";
import { offline } from "./cases/offline.js";
import { policy } from "./cases/policy.js";
import { scenes } from "./cases/scenes.js";
import { sentences } from "./cases/sentences.js";
import { steps } from "./cases/steps.js";
import { views } from "./cases/views.js";
import { waiting } from "./cases/waiting.js";
import { Stage } from "./stage.js";

const program = chromium.program;
if (program === undefined) throw new Error("no Chromium: install one, or name it in CHROMIUM");

describe("the explainer page", () => {
  const stage = new Stage();
  beforeAll(() => stage.start(program), 120_000);
  afterAll(() => stage.end());
  // A page that did not open has nothing to close.
  afterEach(() => stage.page?.context().close());

  describe("scenes", () => scenes(stage));
  describe("views", () => views(stage));
  describe("answers", () => answers(stage));
  describe("drags", () => drags(stage));
  describe("keys", () => keys(stage));
  describe("addresses", () => addresses(stage));
  describe("steps", () => steps(stage));
  describe("exports", () => exports(stage));
  describe("waiting", () => waiting(stage));
  describe("sentences", () => sentences(stage));
  describe("offline", () => offline(stage));
  describe("failures", () => failures(stage));
  describe("looks", () => looks(stage));
  describe("media", () => media(stage));
  describe("policy", () => policy(stage));
});
