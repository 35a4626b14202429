/** For esbuild: a program for Node.js, with everything that it imports, as one module. */
export const INTO_ONE_FILE = /** @type {const} */ ({
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  // Some of the packages require parts of Node.js, which modules do not have a function for.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
