// Tests against a real broker: one for the whole run, started by the global setup; each test has its own topics.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['test/kafka/**/*.test.ts'],
    globalSetup: ['test/support/kafkaSetup.ts'],
    // One file at a time: the broker and the tests share few cores, and a slow machine is no reason to fail.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
