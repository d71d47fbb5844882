// What docs/rules shows as wrong is found by its rule, and what it shows as right is not.
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LINT_OPTIONS, type LintOptions } from '../lintOptions.ts';
import type { SourceFile } from '../workspace.ts';
import { RULES } from './all.ts';
import { lintWorkspace } from './lint.ts';
import { ruleDocPath } from './ruleDocs.ts';

const ROOT = path.resolve(import.meta.dirname, '../../../..');

/** Where what a page shows stands: which kind of document it is a part of, what lies beside it, which daprd runs. */
interface Around {
  subscription?: true;
  type?: string;
  /** Further items of the component. */
  items?: string;
  beside?: SourceFile[];
  options?: Partial<LintOptions>;
  /** Of what is right, where it differs. */
  rightOptions?: Partial<LintOptions>;
}

function item(name: string, value: string): string {
  return `- name: ${name}\n  value: '${value}'\n`;
}

const component = (spec: string, name = 'kafka-pubsub') =>
  `apiVersion: dapr.io/v1alpha1\nkind: Component\nmetadata:\n  name: ${name}\nspec:\n${spec}`;
const KAFKA = `  type: pubsub.kafka\n  version: v1\n  metadata:\n${indented(item('brokers', 'kafka:9092') + item('authType', 'none'))}`;
const besideKafka = { beside: [{ path: 'kafka.yaml', text: component(KAFKA) }] };
const app = {
  path: 'dapr.yaml',
  text: 'version: 1\napps:\n  - appID: orders-api\n    appDirPath: .\n    resourcesPath: resources\n',
};
const login = item('saslUsername', 'shop') + '- name: saslPassword\n  secretKeyRef: { name: kafka, key: password }\n';

const AROUND: Record<string, Around> = {
  'C-16': { beside: [app] },
  'C-18': { beside: [app] },
  'K-13': { subscription: true },
  'K-15': { beside: [{ path: 'resources/second.yaml', text: component(KAFKA, 'second') }] },
  'K-20': { subscription: true, ...besideKafka },
  'K-21': { beside: [{ path: 'orders.yaml', text: subscription('topic: orders\n') }] },
  'K-22': { subscription: true, ...besideKafka },
  'K-29': { items: item('authType', 'password') + login },
  'K-32': { subscription: true },
  'K-33': { subscription: true },
  'K-42': { options: { daprVersion: '1.18.2' } },
  'K-46': { options: { daprVersion: '1.18.0' }, rightOptions: { daprVersion: '1.18.2' } },
  'K-50': { type: 'pubsub.pulsar' },
  'K-62': {
    items: '- name: consumerGroup\n  secretKeyRef: { name: kafka, key: group }\n',
    beside: [
      { path: 'secrets.yaml', text: component('  type: secretstores.local.file\n  version: v1\n', 'local-secrets') },
    ],
  },
  'S-03': besideKafka,
  'S-04': besideKafka,
  'S-08': besideKafka,
  'S-05': { beside: [{ path: 'orders.yaml', text: subscription('topic: orders\n') }] },
};

/** What is shown in words: a document of 64 KiB, routes of an app's OpenAPI file, a setting of the workspace. */
const TOLD = new Set(['C-15', 'S-07', 'K-66']);

function indented(text: string, by = 4): string {
  // A page shows a line that begins in column 1: there it stays.
  return text.replace(/^(?!-----)(?=.)/gm, ' '.repeat(by));
}

function lacks(text: string, key: string): boolean {
  return !new RegExp(`^${key}:`, 'm').test(text);
}

/** A page shows what matters only: the document around it. */
function whole(shown: string, { subscription: isSubscription, type, items = '' }: Around): string {
  const text = shown.replace(/^# .*\n/gm, '');
  if (/^(?:- )?(apiVersion|kind):/m.test(text)) return text;
  if (/^- match:/.test(text)) return subscription(`routes:\n  rules:\n${indented(text)}  default: /x\n`);
  const [, below, beside = ''] = /^spec:\n((?: .*\n)*)([\s\S]*)$/.exec(text) ?? [];
  const inner = below?.replace(/^ {2}/gm, '') ?? text;
  if (isSubscription || /^(routes?|topic|pubsubname|bulkSubscribe|deadLetterTopic):/m.test(inner))
    return inner.split('---\n').map(subscription).join('---\n');
  if (/^metadata:\n[ \t]+name:/.test(text)) return component(KAFKA).replace(/^metadata:\n.*\n/m, text);
  const at = inner.search(/^(?:scopes|auth):/m);
  const [own, top] = at < 0 ? [inner, ''] : [inner.slice(0, at), inner.slice(at)];
  if (own === '' || own.startsWith('- name:')) return component(spec('', type, own + items)) + top;
  return component(spec(inner, type, items)) + beside;
}

function spec(keys: string, type = 'pubsub.kafka', items = ''): string {
  const has = (name: string) => new RegExp(`name: ${name}\\b`, 'i').test(items);
  const missing = type !== 'pubsub.kafka' ? [] : ['brokers', 'authType'].filter((name) => !has(name));
  const all = missing.map((name) => item(name, name === 'brokers' ? 'kafka:9092' : 'none')).join('') + items;
  return [
    lacks(keys, 'type') ? `  type: ${type}\n` : '',
    lacks(keys, 'version') ? '  version: v1\n' : '',
    indented(keys, 2),
    lacks(keys, 'metadata') ? `  metadata:\n${indented(all)}` : '',
  ].join('');
}

function subscription(keys: string): string {
  const [inSpec = '', scopes = ''] = keys.split(/^(?=scopes:)/m);
  return [
    'apiVersion: dapr.io/v2alpha1\nkind: Subscription\nmetadata:\n  name: orders\nspec:\n',
    lacks(inSpec, 'pubsubname') ? '  pubsubname: kafka-pubsub\n' : '',
    lacks(inSpec, 'topic') ? '  topic: orders\n' : '',
    lacks(inSpec, 'routes?') ? '  routes:\n    default: /x\n' : '',
    indented(inSpec, 2),
    scopes,
  ].join('');
}

function found(id: string, shown: string, around: Around, options: Partial<LintOptions> = {}) {
  const file = { path: /^# (\S+\.yaml)$/m.exec(shown)?.[1] ?? 'resources/a.yaml', text: whole(shown, around) };
  const findings = lintWorkspace([file, ...(around.beside ?? [])], { ...DEFAULT_LINT_OPTIONS, ...options });
  return [...findings.values()].flat().filter(({ rule }) => rule === id);
}

describe('the page of', () => {
  it.each([...new Set(RULES.map(({ id }) => id))].filter((id) => !TOLD.has(id)))('%s', (id) => {
    const page = fs.readFileSync(path.join(ROOT, ruleDocPath(id)), 'utf8');
    const [wrong = '', right = ''] = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text!);
    const around = AROUND[id] ?? {};
    expect(found(id, wrong, around, around.options)).not.toEqual([]);
    expect(found(id, right, around, around.rightOptions ?? around.options)).toEqual([]);
  });
});
