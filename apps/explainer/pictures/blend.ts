export { oneWord as blend } from "./simple.js";
