import type { Section } from "../table.js";

export const threads: Section = {
  title: "Threads",
  rows: [
    {
      wrote: "createThreadedEngine({ threads: 0 })",
      type: RangeError,
      message:
        "createThreadedEngine(): options.threads: expected an integer from 1 to 1024; got 0.",
      why: "Somebody has to compute.",
    },
    {
      wrote: 'createThreadedEngine({ threads: "2" })',
      type: TypeError,
      message:
        'createThreadedEngine(): options.threads: expected an integer from 1 to 1024; got "2".',
      why: "Text is not a number.",
    },
    {
      wrote: "createThreadedEngine({ numThreads: 2 })",
      type: TypeError,
      message:
        'createThreadedEngine(): options.numThreads: expected a known name; got "numThreads". Fix: write `threads`.',
      why: "Another library's name.",
    },
    {
      wrote: "createThreadedEngine({ workerUrl: 2 })",
      type: TypeError,
      message: "createThreadedEngine(): options.workerUrl: expected a URL or its text; got 2.",
      why: "A worker is a file with an address.",
    },
    {
      wrote: "createThreadedEngine(2)",
      type: TypeError,
      message:
        "createThreadedEngine(): options: expected an object with any of threads, workerUrl; got 2.",
      why: "The number of threads is an option like the others.",
    },
  ],
};
