// What the pages of these tests load: the element, and the library under a name of its own.
import * as explain from "qkv/explain";
import * as views from "qkv/views";
import "../../src/views/element/index.js";

const qkv = { ...explain, ...views };
Object.assign(globalThis, { qkv });

export type Qkv = typeof qkv;
