// The bench: `npm run bench -- --help` names its options, bench/README.md says how it measures.
import { bench } from "./bench.js";
import { attentionCases } from "./cases/attention.js";
import { matmulCases } from "./cases/matmul.js";
import { start } from "./commandLine.js";
import { freshLibrary } from "./library.js";
import { benchLine } from "./options.js";
import { benchBlock, fillPage } from "./page.js";

await start(benchLine, (options) =>
  bench(
    options,
    async (file) => {
      const make = () => freshLibrary(file);
      return { cases: [...matmulCases(make), ...attentionCases(make)], together: true };
    },
    (reports) => {
      if (reports.length !== 1) throw new TypeError("--page is filled from one result");
      fillPage("docs/performance.md", "alone", benchBlock(reports[0]));
    },
  ),
);
