// Compares the public declarations of each entry with the committed etc/*.api.md.
// `npm run api` accepts what changed.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  Extractor,
  ExtractorConfig,
  type ExtractorLogLevel,
  type ExtractorMessage,
} from "@microsoft/api-extractor";
import { cache, root, tool } from "./step.js";

/** The declarations of each entry, as tsc emits them. */
const entries = {
  index: "index.d.ts",
  core: "core.d.ts",
  explain: "explain/index.d.ts",
  threads: "threads/index.d.ts",
  testing: "testing/index.d.ts",
  "testing.fast-check": "testing/fast-check/index.d.ts",
  views: "views/index.d.ts",
  "views.element": "views/element/index.d.ts",
};

// The enum is `const`, so its members cannot be imported.
const warning = "warning" as ExtractorLogLevel;
const none = "none" as ExtractorLogLevel;

/** Returns the number of public names; throws with the differences unless `update` accepts them. */
export async function apiReport({ update = false } = {}): Promise<string> {
  const types = join(cache, "types");
  const out = ["--noEmit", "false", "--incremental", "false", "--outDir", types];
  await tool("typescript", ["-p", "tsconfig.package.json", "--emitDeclarationOnly", ...out]);
  mkdirSync(join(root, "etc"), { recursive: true });
  const problems: string[] = [];
  const figures: string[] = [];
  for (const [entry, path] of Object.entries(entries)) {
    const messages: string[] = [];
    const result = Extractor.invoke(config(entry, join(types, path)), {
      localBuild: update,
      messageCallback: (message) => collect(message, messages),
    });
    if (result.apiReportChanged && !update) {
      messages.push(difference(entry), "If this is meant, run `npm run api` and commit etc.");
    }
    problems.push(...messages.map((text) => `${entry}: ${text}`));
    const report = join(root, "etc", `${entry}.api.md`);
    const text = existsSync(report) ? readFileSync(report, "utf8") : "";
    figures.push(`${entry} ${text.match(/^export /gm)?.length ?? 0} names`);
  }
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return figures.join(", ");
}

function config(entry: string, declarations: string): ExtractorConfig {
  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, "package.json"),
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: declarations,
      newlineKind: "lf",
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: "ES2022",
            module: "nodenext",
            lib: ["ES2022"],
            types: [],
            strict: true,
            skipLibCheck: true,
          },
          files: [declarations],
        },
      },
      apiReport: {
        enabled: true,
        // Functions that are reached only as properties of an object, such as those of masks.
        includeForgottenExports: true,
        reportFileName: entry,
        reportFolder: join(root, "etc"),
        reportTempFolder: join(cache, "api"),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        extractorMessageReporting: {
          default: { logLevel: warning },
          "ae-missing-release-tag": { logLevel: none },
          "ae-undocumented": { logLevel: none },
          // typedoc checks that types are exported, and the links.
          "ae-forgotten-export": { logLevel: none },
          "ae-unresolved-link": { logLevel: none },
        },
        tsdocMessageReporting: { default: { logLevel: none } },
      },
    },
  });
}

function collect(message: ExtractorMessage, messages: string[]): void {
  message.handled = true;
  if (message.category === "console") return;
  if (message.logLevel === "error" || message.logLevel === "warning") {
    messages.push(message.formatMessageWithLocation(root));
  }
}

/** The lines that only one of the two reports has. */
function difference(entry: string): string {
  const read = (path: string) => (existsSync(path) ? readFileSync(path, "utf8").split("\n") : []);
  const committed = read(join(root, "etc", `${entry}.api.md`));
  const current = read(join(cache, "api", `${entry}.api.md`));
  const gone = committed.filter((line) => !current.includes(line)).map((line) => `- ${line}`);
  const added = current.filter((line) => !committed.includes(line)).map((line) => `+ ${line}`);
  return ["the public declarations changed:", ...gone, ...added].join("\n");
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) {
  try {
    console.log(await apiReport({ update: process.argv.includes("--update") }));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
