export { matmul } from "./matmul.js";
export { multiply } from "./multiply.js";
export type { MatmulOptions } from "./options.js";
export { matmul32, matmul64, type MatmulKernel } from "./portable.js";
export { factorOf, readProduct, type Factor, type Multiplied } from "./product.js";
