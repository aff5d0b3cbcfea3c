import { createThreadedEngine as create } from "../../src/threads/index.node.js";
import type * as threads from "../../src/threads/index.js";
import { workerUrl } from "./build.js";

/** `qkv/threads` for tests and the examples of the docs: from src, with a worker built from src. */
export const createThreadedEngine: typeof threads.createThreadedEngine = async (options) =>
  create(options && { workerUrl: await workerUrl(), ...options });
