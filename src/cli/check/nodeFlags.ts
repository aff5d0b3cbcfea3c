import { extname } from "node:path";
import { usageError } from "../usageError.js";

/** What this Node can do; given, so that it can be tested on any. */
export interface NodeAbilities {
  readonly version: string;
  /** `process.features.typescript`: whether types are stripped without a flag. */
  readonly typescript: unknown;
  readonly allowed: ReadonlySet<string>;
  readonly execArgv: readonly string[];
  readonly nodeOptions: string;
}

/** The flags that Node needs for a file; an error where it cannot run it. */
export function nodeFlags(file: string, node: NodeAbilities): string[] {
  const flags = [...node.execArgv];
  if (!/^\.[cm]?tsx?$/.test(extname(file))) return flags;
  // A loader, such as tsx, knows best.
  const loader = /(^|\s)(--import|--loader|--experimental-loader|--require|-r)\b/;
  if (loader.test([...flags, node.nodeOptions].join(" "))) return flags;
  const strip = "--experimental-strip-types";
  if (node.typescript || flags.includes(strip) || node.nodeOptions.includes(strip)) return flags;
  if (node.allowed.has(strip)) return [...flags, strip, "--disable-warning=ExperimentalWarning"];
  throw usageError(
    `qkv check: ${file}`,
    "a Node that runs TypeScript (22.6 or newer)",
    `Node ${node.version}`,
    'with tsx installed, set NODE_OPTIONS="--import tsx"; or check the compiled JavaScript',
  );
}
