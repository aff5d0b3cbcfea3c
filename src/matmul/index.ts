export { matmul, type MatmulOptions } from "./matmul.js";
export { matmul32, matmul64, type MatmulKernel } from "./portable.js";
export { readProduct } from "./product.js";
