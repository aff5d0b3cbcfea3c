import { readModelFile, type PageModel } from "./modelFile.js";

/** Downloads the model and says how far it is. */
export async function fetchModel(
  url: string,
  progress: (loaded: number, total: number) => void,
): Promise<PageModel> {
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
  const file = await new Response(response.body.pipeThrough(counter)).arrayBuffer();
  return readModelFile(file);
}
