import { writeFileSync } from "node:fs";
import type { Reporter, Run, Surroundings } from "../run.js";
import { usageError } from "../usageError.js";
import { githubLines, githubSummary } from "./github.js";
import { jsonText } from "./json.js";
import { junitText } from "./junit.js";
import { prettyReporter } from "./pretty.js";

export const reporterNames = ["pretty", "json", "junit", "github"] as const;

/** The reporters that were asked for: `pretty`, `json`, `junit=report.xml` … */
export function reportersOf(
  command: string,
  asked: readonly string[],
  surroundings: Surroundings,
): Reporter[] {
  const who = `qkv ${command}: --reporter`;
  const onScreen = asked.filter((text) => !text.includes("="));
  if (onScreen.length > 1) {
    const fix = `give all but one a file, such as ${onScreen[1]}=report.txt`;
    throw usageError(who, "one reporter on the screen", onScreen.join(" and "), fix);
  }
  const files = asked
    .filter((text) => text.includes("="))
    .map((text) => text.replace(/^[^=]*=/, ""));
  const twice = files.find((file, at) => files.indexOf(file) !== at);
  if (twice !== undefined) {
    throw usageError(who, "a file of its own for each reporter", `${JSON.stringify(twice)} twice`);
  }
  return (asked.length > 0 ? asked : ["pretty"]).map((text) => {
    const [, name, file] = /^([^=]*)(?:=(.*))?$/s.exec(text)!;
    if (file === "") throw usageError(who, "a file after =", JSON.stringify(text));
    const { env } = surroundings;
    const write = file === undefined ? surroundings.out : toFile(who, file);
    switch (name) {
      case "pretty":
        return file === undefined
          ? prettyReporter(surroundings)
          : prettyReporter({
              ...surroundings,
              out: write,
              env: { NO_COLOR: "1" },
              terminals: { out: false, err: false },
            });
      case "json":
        return { end: (run) => write(jsonText(run)) };
      case "junit":
        return { end: (run) => write(junitText(run)) };
      case "github":
        return {
          end(run: Run) {
            write(githubLines(run));
            if (env.GITHUB_STEP_SUMMARY) {
              writeFileSync(env.GITHUB_STEP_SUMMARY, githubSummary(run), { flag: "a" });
            }
          },
        };
      default:
        throw usageError(who, `one of ${reporterNames.join(", ")}`, JSON.stringify(name));
    }
  });
}

/** Writes a file from its beginning, so that a path that cannot be written is known before anything runs. */
function toFile(who: string, file: string): (text: string) => void {
  try {
    writeFileSync(file, "");
  } catch (error) {
    throw usageError(who, "a file that can be written", (error as Error).message);
  }
  return (text) => writeFileSync(file, text, { flag: "a" });
}
