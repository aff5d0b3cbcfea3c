import { cacheName } from "../offline/cacheName.js";
import { readModelFile, type PageModel } from "./modelFile.js";

/** The model, from what was kept of an earlier visit or else from the server; says how far it is. */
export async function fetchModel(
  url: string,
  progress: (loaded: number, total: number) => void,
): Promise<PageModel> {
  const cache = await openCache(url);
  const kept = await cache?.match(url);
  if (kept) return readModelFile(await kept.arrayBuffer());
  const file = await download(url, progress);
  const model = readModelFile(file);
  // Only what is a whole model is kept, and only one. There may be no room: then the next visit loads it again.
  if (cache) keep(cache, url, file).catch(() => undefined);
  return model;
}

/** Nothing where a browser keeps nothing: without HTTPS, in some private windows. */
async function openCache(url: string): Promise<Cache | undefined> {
  try {
    return await caches.open(cacheName(new URL("./", url).href, "model"));
  } catch {
    return undefined;
  }
}

async function keep(cache: Cache, url: string, file: ArrayBuffer): Promise<void> {
  for (const { url: other } of await cache.keys()) await cache.delete(other);
  await cache.put(url, new Response(file));
}

async function download(
  url: string,
  progress: (loaded: number, total: number) => void,
): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`the server answers ${response.status}`);
  // A compressed answer is longer than its header says.
  const total = Number(response.headers.get("content-length") ?? 0);
  let loaded = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(part, out) {
      loaded += part.length;
      progress(loaded, Math.max(total, loaded));
      out.enqueue(part);
    },
  });
  return new Response(response.body.pipeThrough(counter)).arrayBuffer();
}
