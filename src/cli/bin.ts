import { main } from "./main.js";

// A reader that has seen enough, such as `| head`, is no mistake.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

process.exitCode = await main(process.argv.slice(2), {
  manifest: new URL("../package.json", import.meta.url),
  child: new URL("./cli.child.js", import.meta.url),
});
