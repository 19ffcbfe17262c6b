import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/torture/**', 'test/acceptance/**', 'node_modules/**'],
    // Two processes that keep what they have loaded: loading it anew for each of 200 files took as long as the tests.
    pool: 'forks',
    isolate: false,
    setupFiles: ['test/support/each-file.ts'],
    maxWorkers: 2,
    // Most of what a test makes is garbage at once, and helpers of the collector would only take the other's core.
    execArgv: ['--max-semi-space-size=64', '--single-threaded-gc'],
    testTimeout: 90_000,
    hookTimeout: 120_000,
  },
});
