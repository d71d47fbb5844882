// Unit tests: beside the code, no network, no broker, no VS Code. The other levels have a config of their own in
// test/kafka and test/e2e.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,webview,scripts,demo,test/support}/**/*.test.ts'],
    // A slow machine is no reason to fail: what is waited for comes when it comes.
    testTimeout: 30_000,
    expect: { poll: { timeout: 20_000, interval: 20 } },
  },
});
