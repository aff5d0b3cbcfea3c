import { browsers, type Browser } from "../browsers.js";
import { openPage, versionOf, type Page } from "../openPage.js";
import { folder } from "./build.js";
import type { Report } from "./report.js";
import { limit, type Answer, type Runtime } from "./runtime.js";

const free: Page = { folder, script: "/page.js" };

/** Scripts from here only: no WebAssembly, no generated code. */
const strict: Page = {
  ...free,
  headers: {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'",
  },
};

/** Every browser, on a page without a policy and on one whose policy forbids WebAssembly. */
export function pageRuntimes(): Runtime[] {
  return browsers.flatMap((browser) => [
    runtimeOf(browser, browser.name, free, "equal"),
    runtimeOf(browser, `${browser.name} under script-src 'self'`, strict, "refused"),
  ]);
}

function runtimeOf(browser: Browser, name: string, page: Page, wasm: Runtime["wasm"]): Runtime {
  const run = async (): Promise<Answer> => {
    const version = await versionOf(browser, limit);
    const posted = JSON.parse(await openPage(browser, page, limit)) as Report | { error: string };
    if ("error" in posted) throw new Error(posted.error);
    return { version, report: posted };
  };
  const { install, program } = browser;
  return { name, install, wasm, run: program === undefined ? undefined : run };
}
