export { oneWord as map } from "./simple.js";
