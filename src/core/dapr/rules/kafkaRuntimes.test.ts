import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { verdictOf } from './variations.fixture.ts';

interface Case {
  fields: Record<string, string>;
  /** By runtime, what it said. */
  stops: Record<string, string>;
}

/** What the Kafka component of eight runtimes did with the same fields: see `source` in the file. */
const { runtimes, cases } = JSON.parse(
  fs.readFileSync(path.resolve(import.meta.dirname, '../../../../test/fixtures/kafka-runtimes.json'), 'utf8'),
) as { runtimes: string[]; cases: Case[] };

const HEAD =
  'apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: {name: a}\nspec:\n  type: pubsub.kafka\n  version: v1\n';

describe('the runtimes that stop are those that stopped, with', () => {
  it.each(
    cases.map(({ fields, stops }) => [JSON.stringify(fields).slice(0, 120), fields, Object.keys(stops)] as const),
  )('%s', (_what, fields, stopped) => {
    const items = Object.entries(fields).map(([name, value]) => ({ name, value }));
    const text = `${HEAD}  metadata: ${JSON.stringify(items)}\n`;
    expect(runtimes.filter((daprVersion) => verdictOf(text, { daprVersion, environment: {} }) === 'stops')).toEqual(
      stopped,
    );
  });
});
