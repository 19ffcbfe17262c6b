import { defineConfig } from 'vitest/config';

/** Questions asked and judged: `npm run eval`. */
export default defineConfig({
  test: {
    include: ['test/evals/evaluation.eval.ts'],
    pool: 'forks',
    setupFiles: ['test/support/each-file.ts'],
    maxWorkers: 1,
    testTimeout: 3_600_000,
    hookTimeout: 120_000,
    disableConsoleIntercept: true,
  },
});
