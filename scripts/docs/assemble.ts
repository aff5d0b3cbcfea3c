import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, extname, join, posix, relative, sep } from "node:path";
import { localLinks } from "./markdown.js";

/** Pages that nothing needs to link to. */
const first = ["README.md", "CHANGELOG.md", "docs/README.md"];

/**
 * Lays out the pages of the site as the repository has them, so that their links stay as they are written:
 * every page and picture that is reached from the README and from docs, and, as pages that show code, every
 * source file that they link to. A folder that is linked to becomes a list of its files.
 */
export function assemble(root: string, to: string): void {
  const pages = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));
  const waiting = [...first, ...pages.map((name) => `docs/${name}`)];
  const seen = new Set(waiting);
  const visit = (file: string): void => {
    if (!seen.has(file)) waiting.push(file);
    seen.add(file);
  };
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const from = join(root, file);
    const target = join(to, file);
    mkdirSync(dirname(target), { recursive: true });
    if (statSync(from).isDirectory()) {
      const entries = filesOf(from).map((path) =>
        posix.join(file, relative(from, path).split(sep).join("/")),
      );
      entries.forEach(visit);
      mkdirSync(target, { recursive: true });
      writeFileSync(join(target, "index.md"), folderPage(file, entries));
    } else if (file.endsWith(".md")) {
      copyFileSync(from, target);
      for (const { path } of localLinks(readFileSync(from, "utf8"))) {
        if (path !== "") visit(posix.join(posix.dirname(file), path).replace(/\/$/, ""));
      }
    } else if (/\.(svg|png)$/.test(file)) {
      copyFileSync(from, target);
    } else {
      writeFileSync(join(to, sourcePageOf(file)), sourcePage(file, readFileSync(from, "utf8")));
    }
  }
  writeFileSync(join(to, "index.md"), home);
}

/** Where the code of a file is shown. An address that ends in .html.html would not be found. */
export function sourcePageOf(file: string): string {
  return `${file.replace(/\.html$/, "-html")}.md`;
}

/** What is made or installed is no part of the repository. */
const made = ["dist", "node_modules"];

/** All files below a folder. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !made.includes(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesOf(path) : [path];
    });
}

function folderPage(folder: string, files: string[]): string {
  const items = files.map((file) => {
    const name = posix.relative(folder, file);
    return `- [${name}](./${name})`;
  });
  return [`# ${folder}`, "", ...items, ""].join("\n");
}

/** Code as a page; `anchors` gives every line one. */
function sourcePage(file: string, code: string): string {
  const fence = "`".repeat(
    Math.max(3, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)),
  );
  const language = extname(file).slice(1) || "txt";
  return `---\naside: false\nsearch: false\n---\n\n# ${file}\n\n${fence}${language} anchors\n${code}\n${fence}\n`;
}

const home = `---
layout: home
hero:
  name: qkv
  text: Numerical attention for JavaScript
  tagline: softmax(QKᵀ·scale)V, exact, explicit and open to inspection
  actions:
    - { theme: brand, text: Start, link: /README }
    - { theme: alt, text: Documentation, link: /docs/README }
    - { theme: alt, text: See it, link: /explainer/index.html, target: _self }
    - { theme: alt, text: API, link: /api/ }
features:
  - title: The same bits everywhere
    details: In Node and browsers, in JavaScript and WebAssembly, on one thread or many.
    link: /docs/determinism
  - title: Looking changes nothing
    details: Weights, scores and traces come with the output that you get without asking.
    link: /docs/attention
  - title: Masked means never read
    details: A blocked key or value may hold NaN, and no bit of the result changes.
    link: /docs/masks
  - title: Nothing ambiguous is guessed
    details: A named option, or an error that says what to write.
    link: /docs/errors
  - title: Near-native speed
    details: WebAssembly SIMD from portable sources, measured against the processor and the others.
    link: /docs/performance
  - title: Proven on other people's cases
    details: The tests of ONNX and PyTorch, hard numerics to 50 digits, a trained transformer.
    link: /docs/numerics
---
`;
