import { defineConfig } from 'vitest/config';

/** Public data, where it is there: `npm run accept`. */
export default defineConfig({
  test: {
    include: ['test/acceptance/**/*.test.ts'],
    pool: 'forks',
    setupFiles: ['test/support/each-file.ts'],
    maxWorkers: 1,
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
});
