export { chooseEngine, type Engine } from "./choose.js";
