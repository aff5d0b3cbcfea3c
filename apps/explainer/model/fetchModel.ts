import { readModelFile } from "./modelFile.js";
import type { PageModel } from "./parts.js";

/** Downloads the model and says how far it is. */
export async function fetchModel(
  url: string,
  progress: (loaded: number, total: number) => void,
): Promise<PageModel> {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`the server answers ${response.status}`);
  // A compressed answer is longer than its header says.
  const total = Number(response.headers.get("content-length") ?? 0);
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value);
    loaded += part.value.length;
    progress(loaded, Math.max(total, loaded));
  }
  const file = new Uint8Array(loaded);
  let at = 0;
  for (const chunk of chunks) {
    file.set(chunk, at);
    at += chunk.length;
  }
  return readModelFile(file.buffer);
}
