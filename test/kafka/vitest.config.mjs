// Tests against a real broker: one for the whole run, started by the global setup; each test has its own topics. What
// people do most runs a second time, on the oldest line of brokers that is promised to work.
import process from 'node:process';
import { defineConfig } from 'vitest/config';

const project = (name, files, setup) => ({
  extends: true,
  test: { name, include: files.map((file) => `test/kafka/${file}.test.ts`), globalSetup: [`test/support/${setup}.ts`] },
});

const NEWEST = project('kafka', ['**/*'], 'kafkaSetup');
const OLDER = project(
  'kafka-3.9',
  ['topics', 'settings', 'changes', 'groups', 'resetOffsets', 'readRecords', 'connect'],
  'olderKafkaSetup',
);
// Whoever names a broker wants to see that one.
const named = process.env.KAFKA_VERSION ?? process.env.KAFKA_BOOTSTRAP;

export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    projects: named ? [NEWEST] : [NEWEST, OLDER],
    // One file at a time: the broker and the tests share few cores, and a slow machine is no reason to fail.
    fileParallelism: false,
    testTimeout: 60_000,
    // What is waited for comes when it comes.
    expect: { poll: { timeout: 30_000, interval: 50 } },
    hookTimeout: 120_000,
  },
});
