// Unit tests: beside the code, no network, no broker, no VS Code. The other levels have a config of their own in
// test/kafka and test/e2e.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,webview,scripts,demo,test/support}/**/*.test.ts'],
    testTimeout: 10_000,
  },
});
