import type { Encoded, Order, Report } from "./messages.js";

/** A hash of the model, filled in when the page is built: another model has another address. */
declare const MODEL: string;

/** What the page is told about its worker. */
export interface Listener {
  progress(loaded: number, total: number): void;
  ready(): void;
  read(text: string, encoded: Encoded): void;
  failed(step: Order["do"], message: string): void;
}

/** The worker with the model. One that breaks is replaced when the model is loaded again. */
export function startModel(listener: Listener) {
  let current: Worker | undefined;
  const start = (): Worker => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data: report }: MessageEvent<Report>) => {
      if (report.is === "progress") listener.progress(report.loaded, report.total);
      else if (report.is === "ready") listener.ready();
      else if (report.is === "read") listener.read(report.text, report.encoded);
      else listener.failed(report.step, report.message);
    };
    worker.onerror = (event) => {
      worker.terminate();
      current = undefined;
      listener.failed("load", event.message || "the worker did not start");
    };
    return worker;
  };
  const tell = (order: Order): void => (current ??= start()).postMessage(order);
  return {
    load: (): void =>
      tell({ do: "load", url: new URL(`model.bin?${MODEL}`, document.baseURI).href }),
    read: (text: string): void => tell({ do: "read", text }),
  };
}
