export { oneWord as compare } from "./simple.js";
