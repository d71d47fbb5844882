import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { helpTexts } from '../../../../scripts/helpTexts.mjs';
import { fieldOf } from '../catalog/catalog.ts';
import { beliefsAt, resourceHelp } from './helpTexts.ts';

const texts = helpTexts('.');

/** The sections of docs/facts.md: heading, first words, proof. Anchors as GitHub and VS Code make them. */
const facts = fs
  .readFileSync('docs/facts.md', 'utf8')
  .split(/^## /m)
  .slice(1)
  .map((section) => {
    const heading = section.slice(0, section.indexOf('\n'));
    return {
      id: heading
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
      belief: heading.replace(/["`]/g, ''),
      verdict: /^\*\*(.+?)\*\*\./m.exec(section)?.[1],
      proof: /^Proof\. (Executed: .+|Executed on 1\.18\.0)\.$/m.exec(section)?.[1],
    };
  });

describe('popular beliefs', () => {
  it('have a section in docs/facts.md each, with the same verdict and with a proof', () => {
    expect(facts.map(({ id, belief, verdict }) => ({ id, belief, verdict }))).toEqual(
      texts.beliefs.map(({ id, belief, verdict }) => ({ id, belief, verdict })),
    );
    expect(facts.filter(({ proof }) => proof === undefined)).toEqual([]);
  });

  it('are proven by runs that are recorded', () => {
    const recorded = ['dapr-scenarios.json', 'dapr-partition-starts.json']
      .map((name) => fs.readFileSync(`test/fixtures/${name}`, 'utf8'))
      .join();
    const names = facts.flatMap(({ proof }) => (proof ?? '').replace(/^Executed(: | on 1\.18\.0)/, '').split(', '));
    expect(names.filter((name) => name !== '' && !recorded.includes(JSON.stringify(name).slice(1, -1)))).toEqual([]);
  });

  it('are answered where somebody looks: at keys and paths that exist', () => {
    const unknownKeys = ['auto.offset.reset', 'autoOffsetReset', 'offsetReset', 'startFrom', 'fromBeginning'];
    for (const { id, places } of texts.beliefs) {
      expect(places, id).not.toEqual([]);
      for (const place of places)
        expect(
          place === 'component spec.type' ||
            resourceHelp(texts, place) !== undefined ||
            fieldOf('pubsub.kafka', place) !== undefined ||
            unknownKeys.includes(place),
          `${id}: ${place}`,
        ).toBe(true);
    }
  });

  it('are found at a name of the user’s, too', () => {
    const at = 'resiliency spec.policies.retries.pubsubRetry.maxRetries';
    expect(beliefsAt(texts, at)).toEqual([
      {
        id: 'a-resiliency-with-maxretries-ends-the-retries',
        texts: [
          'A Resiliency with maxRetries ends the retries.',
          'False',
          'Its attempts are made, then the component waits and starts over. A dead letter topic or backOffMaxRetries ends it.',
        ],
      },
    ]);
    expect(resourceHelp(texts, 'resiliency spec.targets.components.pubsub.inbound')).toMatch(/^Policies for messages/);
    expect(resourceHelp(texts, 'resiliency spec.targets.components')).toBeUndefined();
  });
});
