import { describe, expect, it } from 'vitest';
import { helpTexts } from '../../../scripts/helpTexts.mjs';
import { Workspace } from '../../core/dapr/workspace.ts';
import { hoverText } from './hoverText.ts';
import { placeAt } from './places.ts';

const help = helpTexts('.');

/** The hover at the place marked by `|`. */
function at(marked: string, ...others: string[]): string | null {
  const offset = marked.indexOf('|');
  const workspace = new Workspace();
  workspace.set('c.yaml', marked.replace('|', ''));
  others.forEach((text, i) => workspace.set(`other${i}.yaml`, text));
  const place = placeAt(workspace.documents('c.yaml'), offset);
  return place && hoverText(place, workspace, help);
}

const component = (type: string, items: string) =>
  `apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata: {name: shop}\nspec:\n  type: ${type}\n  version: v1\n  metadata:\n${items}`;

describe('hover', () => {
  it('answers popular beliefs, with a link to their proof', () => {
    const text = at(component('pubsub.kafka', '  - name: consume|RetryInterval\n    value: 200ms\n')) ?? '';
    expect(text).toContain('*People say:*');
    expect(text).toContain(
      '- “consumeRetryInterval is the delay between retries of a message.” — **False.** It is the pause before the group is joined again. The delay is backOffDuration, 5s by default. [Proof](command:kafkaDapr.openFact?%5B%22consumeretryinterval-is-the-delay-between-retries-of-a-message%22%5D)',
    );
    // Of five, the one about the key that Dapr does not know.
    expect(at(component('pubsub.kafka', '  - name: auto.off|set.reset\n    value: earliest\n'))).toMatch(
      /auto\.offset\.reset works, too\.” — \*\*False\./,
    );
  });

  it('has nothing of Kafka’s beliefs to say about another broker', () => {
    const text = at(component('pubsub.pulsar', '  - name: consumer|ID\n    value: a\n')) ?? '';
    expect(text).toMatch(/^\*\*consumerID\*\*\n\nName of the subscription\./);
    expect(text).not.toContain('People say');
    const subscription =
      'apiVersion: dapr.io/v2alpha1\nkind: Subscription\nmetadata: {name: s}\nspec:\n  pubsubname: shop\n  top|ic: orders\n  routes: {default: /o}\n';
    expect(at(subscription, component('pubsub.redis', ''))).toBe(
      'The topic to read. A name that Kafka refuses stops all topics of the component.',
    );
    expect(at(subscription)).toContain('“Dapr misses messages while the subscriber is down.” — **It depends.**');
  });

  it('explains references, routes and resiliency', () => {
    const secret = '  - name: saslPassword\n    secretKeyRef:\n      name: kafka\n      k|ey: password\n';
    expect(at(component('pubsub.kafka', secret))).toBe('Key in the secret; empty: the secret’s own name.');
    expect(
      at(
        'apiVersion: dapr.io/v2alpha1\nkind: Subscription\nspec:\n  pubsubname: shop\n  topic: orders\n  routes:\n    rules:\n    - mat|ch: event.type == "a"\n      path: /a\n',
      ),
    ).toMatch(/^CEL expression about the event\..*\n\n\*People say:\*\n\n- “default catches what no rule matches\.”/s);
    expect(
      at(
        'apiVersion: dapr.io/v1alpha1\nkind: Resiliency\nmetadata: {name: r}\nspec:\n  targets:\n    components:\n      shop:\n        in|bound: {retry: a}\n',
      ),
    ).toBe('Policies for messages that a pub/sub component or input binding delivers to the app.');
    expect(at('apiVersion: v1\nki|nd: ConfigMap\n')).toBeNull();
  });
});
