export { oneWord as steps } from "./simple.js";
