import type { Problem } from "../attention/problem.js";
import {
  describe,
  rangeError,
  readTensor,
  sameShape,
  showShape,
  typeError,
  type FloatArray,
  type Tensor,
} from "../tensor/index.js";
