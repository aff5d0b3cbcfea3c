// Keeps the files of one build, so that the page opens without a network. The model is kept by `fetchModel`.
import { cacheName } from "./cacheName.js";

/** Filled in when the page is built: a hash of its files, and their names relative to this one. */
declare const BUILD: string;
declare const FILES: readonly string[];

const scope = self as unknown as {
  readonly registration: {
    readonly scope: string;
    readonly waiting: { postMessage(it: unknown): void } | null;
  };
  readonly clients: { matchAll(): Promise<readonly unknown[]>; claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "message", listen: () => void): void;
  addEventListener(type: "install" | "activate", listen: (event: ExtendableEvent) => void): void;
  addEventListener(type: "fetch", listen: (event: FetchEvent) => void): void;
};
interface ExtendableEvent {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

const folder = scope.registration.scope;
const own = cacheName(folder, BUILD);
const kept = [own, cacheName(folder, "model")];
const urlOf = (file: string): string => new URL(file, folder).href;
const page = urlOf("./");
const urls = new Set([page, ...FILES.map(urlOf)]);

async function install(): Promise<void> {
  const cache = await caches.open(own);
  // Past the browser's own cache, which may hold files of an earlier build.
  await cache.addAll([...urls].map((url) => new Request(url, { cache: "no-cache" })));
}

async function removeOld(): Promise<void> {
  const names = await caches.keys();
  const old = names.filter(
    (name) => name.startsWith(cacheName(folder, "")) && !kept.includes(name),
  );
  await Promise.all(old.map((name) => caches.delete(name)));
  await scope.clients.claim();
}

/** Loads the page again as soon as no build waits; after three seconds in any case. */
const handOver = `<!doctype html><script>
  const latest = Date.now() + 3000;
  const look = async () => {
    const { waiting } = await navigator.serviceWorker.ready;
    if (waiting && Date.now() < latest) setTimeout(look, 50);
    else location.reload();
  };
  look();
</script>`;

let handedOver = false;

async function answer(request: Request, url: string): Promise<Response> {
  const { waiting } = scope.registration;
  // A newer build waits until no page of this one is open. When the only one is loaded again, none is: it may begin.
  const alone = async (): Promise<boolean> => (await scope.clients.matchAll()).length < 2;
  if (request.mode === "navigate" && waiting && !handedOver && (await alone())) {
    handedOver = true;
    waiting.postMessage("begin");
    return new Response(handOver, { headers: { "Content-Type": "text/html" } });
  }
  return (await (await caches.open(own)).match(url)) ?? fetch(request);
}

scope.addEventListener("install", (event) => event.waitUntil(install()));
scope.addEventListener("activate", (event) => event.waitUntil(removeOld()));
scope.addEventListener("message", () => void scope.skipWaiting());
scope.addEventListener("fetch", (event) => {
  const [asked] = event.request.url.split(/[?#]/);
  const url = asked === urlOf("index.html") ? page : asked;
  if (event.request.method === "GET" && urls.has(url))
    event.respondWith(answer(event.request, url));
});
