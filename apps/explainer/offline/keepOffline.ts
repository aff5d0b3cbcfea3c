/** From now on the page opens without a network too, where the browser has service workers. */
export function keepOffline(): void {
  if (!("serviceWorker" in navigator)) return;
  // Not allowed, in private windows for one: the page works as before.
  navigator.serviceWorker.register("./offline.js").catch(() => undefined);
}
