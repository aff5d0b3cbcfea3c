/** The caches of a server are those of all its pages: the name of one says at which path, and what for. */
export const cacheName = (folder: string, part: string): string =>
  `qkv explainer ${folder} ${part}`;
