import type { DeclaredSubscription } from './declarations.ts';

/** What a running sidecar tells about itself that no file does. */
export interface SidecarFacts {
  appID: string;
  /** Made in code or by streaming; those of files are known already. */
  subscriptions: DeclaredSubscription[];
}

/**
 * Reads the answer of `GET /v1.0/metadata`. Undefined: it is none of a sidecar. A sidecar that does not tell the kind of
 * a subscription (before 1.15) tells all of them; those that `inFiles` are left out.
 */
export function readSidecarMetadata(
  answer: unknown,
  from: string,
  inFiles: (subscription: DeclaredSubscription) => boolean,
): SidecarFacts | undefined {
  if (!isMap(answer) || typeof answer['id'] !== 'string' || answer['id'] === '') return undefined;
  const list = Array.isArray(answer['subscriptions']) ? answer['subscriptions'] : [];
  const subscriptions = list.flatMap((item: unknown): DeclaredSubscription[] => {
    if (!isMap(item) || item['type'] === 'DECLARATIVE') return [];
    const pubsubname = textIn(item, 'pubsubname') ?? textIn(item, 'pubsubName');
    const topic = textIn(item, 'topic');
    if (pubsubname === undefined || topic === undefined) return [];
    const deadLetterTopic = textIn(item, 'deadLetterTopic');
    const route = defaultRoute(item['rules']);
    return [{ pubsubname, topic, ...(deadLetterTopic && { deadLetterTopic }), ...(route && { route }), from }];
  });
  return { appID: answer['id'], subscriptions: subscriptions.filter((subscription) => !inFiles(subscription)) };
}

/** `rules: [{match, path}]` or `{rules: [{match, path}]}`: the rule without a match is the default. */
function defaultRoute(rules: unknown): string | undefined {
  const list: unknown = isMap(rules) ? rules['rules'] : rules;
  if (!Array.isArray(list)) return undefined;
  const plain = list.filter(isMap).find((rule) => (textIn(rule, 'match') ?? '') === '');
  return plain && textIn(plain, 'path');
}

function textIn(map: Record<string, unknown>, name: string): string | undefined {
  const value = map[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
