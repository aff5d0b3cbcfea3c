import { afterAll, afterEach, beforeAll, describe } from "vitest";
import { chromium } from "../../scripts/browsers.js";
import { addressesAndCopies } from "./cases/addressesAndCopies.js";
import { failures } from "./cases/failures.js";
import { keys } from "./cases/keys.js";
import { looks } from "./cases/looks.js";
import { offline } from "./cases/offline.js";
import { policy } from "./cases/policy.js";
import { speed } from "./cases/speed.js";
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
  afterEach(() => stage.page.context().close());

  describe("views", () => views(stage));
  describe("speed", () => speed(stage));
  describe("keys", () => keys(stage));
  describe("addresses and copies", () => addressesAndCopies(stage));
  describe("steps", () => steps(stage));
  describe("waiting", () => waiting(stage));
  describe("offline", () => offline(stage));
  describe("failures", () => failures(stage));
  describe("looks", () => looks(stage));
  describe("policy", () => policy(stage));
});
