// Tests that drive the workbench of a real VS Code with the packaged extension installed, one window a file.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['test/e2e/**/*.test.ts'],
    globalSetup: ['test/support/kafkaSetup.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    // What is waited for comes when it comes.
    expect: { poll: { timeout: 30_000, interval: 50 } },
    hookTimeout: 240_000,
  },
});
