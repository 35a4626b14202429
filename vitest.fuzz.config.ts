import { defineConfig } from 'vitest/config';

/** What takes too long for every test run: `npm run fuzz`. */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 15 * 60_000,
    include: ['test/fuzz/**/*.fuzz.ts'],
  },
});
