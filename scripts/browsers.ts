import { join } from "node:path";
import { findProgram } from "./findProgram.js";
import type { Command } from "./withChild.js";

export interface Browser {
  readonly name: string;
  /** Undefined where it is not installed. */
  readonly program: string | undefined;
  readonly install: string;
  /**
   * Opens an address without a window, or prints its version where `what` is `--version`. What it writes
   * goes to `home`.
   */
  readonly command: (program: string, what: string, home: string) => Command;
}

/** Keeps Chromium to itself, and lets it start as root in a container. */
export const chromiumArguments: readonly string[] = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const chromium: Browser = {
  name: "Chromium",
  program:
    process.env["CHROMIUM"] ||
    findProgram(
      "chromium",
      "chromium-browser",
      "google-chrome",
      "google-chrome-stable",
      "chrome.exe",
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
      "/Applications/Chromium.app/Contents/MacOS/Chromium",
      ...["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].map((name) =>
        join(process.env[name] ?? "", "Google/Chrome/Application/chrome.exe"),
      ),
    ),
  install: "apt-get install chromium, or name a Chrome or Chromium in CHROMIUM",
  command: (program, what, home) => ({
    program,
    args: ["--headless", ...chromiumArguments, `--user-data-dir=${home}`, what],
  }),
};

export const firefox: Browser = {
  name: "Firefox",
  program:
    process.env["FIREFOX"] ||
    findProgram(
      "firefox-esr",
      "firefox",
      "/Applications/Firefox.app/Contents/MacOS/firefox",
      join(process.env["PROGRAMFILES"] ?? "", "Mozilla Firefox/firefox.exe"),
    ),
  install: "apt-get install firefox-esr, or name a Firefox in FIREFOX",
  command: (program, what, home) => ({
    program,
    args: ["--headless", "--no-remote", "--profile", home, what],
    env: { HOME: home },
  }),
};

const xvfb = findProgram("xvfb-run");
const miniBrowser =
  process.env["WEBKIT"] ||
  findProgram(
    "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
    "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
  );

export const webkit: Browser = {
  name: "WebKitGTK",
  program: xvfb && miniBrowser,
  install: "apt-get install webkit2gtk-driver xvfb, or name a MiniBrowser in WEBKIT",
  command: (program, what, home) => ({
    program: xvfb!,
    args: ["--auto-servernum", program, what],
    env: { HOME: home, TMPDIR: home },
  }),
};

export const browsers: readonly Browser[] = [chromium, firefox, webkit];
