import { main } from "./main.js";

const { stdout, stderr } = process;

// A reader that has seen enough, such as `| head`, is no mistake; but nobody knows whether the laws hold.
stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(2);
});

const files = {
  manifest: new URL("../package.json", import.meta.url),
  child: new URL("./cli.child.js", import.meta.url),
};

process.exitCode = await main(process.argv.slice(2), files, {
  out: (text) => void stdout.write(text),
  err: (text) => void stderr.write(text),
  terminals: { out: stdout.isTTY === true, err: stderr.isTTY === true },
  env: process.env,
  width: stdout.columns ?? 100,
});
