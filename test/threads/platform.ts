import { node } from "../../src/threads/index.node.js";
import type { Platform, WorkerHandle } from "../../src/threads/platform.js";

/** Node, and a list of all workers that were started, so that a test can end one from outside. */
export function watchedNode(): { platform: Platform; handles: WorkerHandle[] } {
  const handles: WorkerHandle[] = [];
  const start: Platform["start"] = (url, events) => {
    const handle = node.start(url, events);
    handles.push(handle);
    return handle;
  };
  return { platform: { ...node, start }, handles };
}
