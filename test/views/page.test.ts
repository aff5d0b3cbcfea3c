import { afterAll, afterEach, beforeAll, describe } from "vitest";
import { chromium } from "../../scripts/browsers.js";
import { drawing } from "./cases/drawing.js";
import { element } from "./cases/element.js";
import { examples } from "./cases/examples.js";
import { exports } from "./cases/exports.js";
import { reading } from "./cases/reading.js";
import { Stage } from "./stage.js";

const program = chromium.program;
if (program === undefined) throw new Error("no Chromium: install one, or name it in CHROMIUM");

describe("views in a page", () => {
  const stage = new Stage();
  beforeAll(() => stage.start(program), 120_000);
  afterAll(() => stage.end());
  afterEach(() => stage.page.context().close());

  describe("drawing", () => drawing(stage));
  describe("the element", () => element(stage));
  describe("for every reader", () => reading(stage));
  describe("examples", () => examples(stage));
  describe("exports", () => exports(stage));
});
