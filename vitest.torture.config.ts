import { defineConfig } from 'vitest/config';

/** Long fault runs, one after the other: `npm run test:torture`. */
export default defineConfig({
  test: {
    include: ['test/torture/**/*.test.ts'],
    pool: 'forks',
    setupFiles: ['test/support/each-file.ts'],
    maxWorkers: 1,
    testTimeout: 1_800_000,
    hookTimeout: 120_000,
  },
});
