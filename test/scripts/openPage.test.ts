import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browsers, type Browser } from "../../scripts/browsers.js";
import { openPage, versionOf } from "../../scripts/openPage.js";

// With a program of Node in place of the browser.

/** A browser that runs this code with the address, or `--version`, in `what`. */
const browser = (code: string): Browser => ({
  name: "Fake",
  program: process.execPath,
  install: "get a fake",
  command: (program, what) => ({
    program,
    args: ["--input-type=module", "--eval", `const what = process.argv[1]; ${code}`, "--", what],
  }),
});

describe("openPage", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "qkv-page-"));
    writeFileSync(join(folder, "page.js"), "the page");
    writeFileSync(join(folder, "page.txt"), "no script");
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const page = () => ({ folder, script: "/page.js", headers: { "X-Policy": "strict" } });

  it("serves the page and its scripts with the headers, nothing else, and returns what is posted", async () => {
    const reads = browser(`
      const get = async (path) => {
        const response = await fetch(new URL(path, what));
        const { status, headers } = response;
        const named = [headers.get("content-type"), headers.get("x-policy")];
        return [status, ...named, await response.text()];
      };
      const all = await Promise.all(["/", "/page.js", "/page.txt", "/none.js"].map(get));
      await fetch(new URL("/report", what), { method: "POST", body: JSON.stringify(all) });
      setInterval(() => {}, 1000);`);
    expect(JSON.parse(await openPage(reads, page(), 60_000))).toEqual([
      [
        200,
        "text/html; charset=utf-8",
        "strict",
        `<!doctype html><script type="module" src="/page.js"></script>`,
      ],
      [200, "text/javascript; charset=utf-8", "strict", "the page"],
      [404, null, "strict", ""],
      [404, null, "strict", ""],
    ]);
  });

  it("names a browser that crashes, or ends without a report", async () => {
    const crash = browser(`console.error("no display"); process.exit(5)`);
    await expect(openPage(crash, page(), 60_000)).rejects.toThrow(
      `${process.execPath} ended with 5\nno display`,
    );
    await expect(openPage(browser(""), page(), 60_000)).rejects.toThrow(
      "Fake ended before the page had reported",
    );
  });

  it("waits for a report no longer than the limit", async () => {
    const mute = browser("setInterval(() => {}, 1000)");
    await expect(openPage(mute, page(), 200)).rejects.toThrow("took longer than 0.2 s");
  });

  it("refuses a browser that is not installed", async () => {
    const missing = { ...browser(""), program: undefined };
    await expect(openPage(missing, page(), 60_000)).rejects.toThrow(
      "Fake is not installed: get a fake",
    );
  });

  it.each([
    ["Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)", "156.0.8078.79"],
    ["Mozilla Firefox 153.7.0esr", "153.7.0esr"],
    ["WebKitGTK 2.50.6", "2.50.6"],
  ])("reads the version in %s", async (printed, version) => {
    const says = browser(`if (what === "--version") console.log(${JSON.stringify(printed)})`);
    expect(await versionOf(says, 60_000)).toBe(version);
  });
});

it("every browser says how it is installed, and keeps what it writes to the folder it is given", () => {
  for (const { install, command } of browsers) {
    expect(install).toMatch(/^apt-get install \S+/);
    const { args, env = {} } = command("/bin/it", "http://127.0.0.1/", "/home/of/it");
    expect(args.at(-1)).toBe("http://127.0.0.1/");
    expect([...args, ...Object.values(env)].join()).toContain("/home/of/it");
  }
});
