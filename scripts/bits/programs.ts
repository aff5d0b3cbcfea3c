import { join } from "node:path";
import { findProgram } from "../findProgram.js";
import { withChild } from "../withChild.js";
import { folder } from "./build.js";
import { npmProgram } from "./npmPrograms.js";
import { limit, type Answer, type Runtime } from "./runtime.js";

/** A runtime that runs a file, and the command that does so. */
interface Program {
  readonly name: string;
  /** Undefined where a part of it is not installed. */
  readonly command: readonly (string | undefined)[];
  /** How to get it. This Node is there. */
  readonly install?: string;
  /** The file of the package. Default `core.js`. */
  readonly entry?: string;
  /** Default `"equal"`. */
  readonly wasm?: Runtime["wasm"];
}

const fromNpm = "npm run bits -- --install";
/** Debian's libraries for ARM64. */
const arm64 = "/usr/aarch64-linux-gnu";
const emulation =
  "qemu-user-static libc6-arm64-cross libstdc++6-arm64-cross libgcc-s1-arm64-cross libatomic1-arm64-cross";

const programs = (): readonly Program[] => [
  { name: "Node", command: [process.execPath] },
  { name: "Node from index.js", command: [process.execPath], entry: "index.js" },
  { name: "Node from core.cjs", command: [process.execPath], entry: "core.cjs" },
  {
    name: "Node without WebAssembly",
    command: [process.execPath, "--no-expose-wasm"],
    wasm: "refused",
  },
  { name: "Node 22", command: [npmProgram("node22")], install: fromNpm },
  { name: "Node 24", command: [npmProgram("node24")], install: fromNpm },
  { name: "Node 26", command: [npmProgram("node26")], install: fromNpm },
  {
    name: "Node 22 for ARM64 in QEMU",
    command: [
      findProgram("qemu-aarch64-static", "qemu-aarch64"),
      "-L",
      findProgram(arm64),
      npmProgram("node22arm64"),
    ],
    install: `apt-get install ${emulation}; ${fromNpm}`,
  },
  { name: "Bun", command: [npmProgram("bun") ?? findProgram("bun")], install: fromNpm },
  {
    name: "Deno",
    command: [npmProgram("deno") ?? findProgram("deno"), "run", "--allow-read"],
    install: fromNpm,
  },
];

/** Runtimes of the command line. */
export function programRuntimes(): Runtime[] {
  return programs().map(({ name, command, install = "", entry = "core.js", wasm = "equal" }) => {
    const [program, ...options] = command.filter((part) => part !== undefined);
    const args = [...options, join(folder, "main.js"), `dist/${entry}`];
    const run = async () => {
      const command = (home: string) => ({ program, args, env: { HOME: home } });
      return JSON.parse(await withChild(command, limit, (output) => output)) as Answer;
    };
    return { name, install, wasm, run: command.includes(undefined) ? undefined : run };
  });
}
