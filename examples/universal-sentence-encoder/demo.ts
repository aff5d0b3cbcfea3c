import { wantsColour } from "./render/paint.js";
import { run } from "./run.js";

// What reads our output may stop early (`| head`): that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

const { stdout, stderr, code } = run(process.argv.slice(2), {
  columns: process.stdout.columns || 80,
  rows: process.stdout.rows || 30,
  colour: wantsColour(process.stdout.isTTY === true, process.env),
});
process.stderr.write(stderr);
process.stdout.write(stdout);
process.exitCode = code;
