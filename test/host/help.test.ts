// What helps while a component file is written: hovers with their proofs, completion, lens, definition.
import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { findingsOf, openFile, ruleOf, until } from './support.ts';

const COMPONENT = `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: helped
spec:
  type: pubsub.kafka
  version: v1
  metadata:
    - name: brokers
      value: localhost:9092
    - name: authType
      value: none
    - name: consumeRetryInterval
      value: 200ms
    - name: consumerGroup
      value: helped
    - name: initialOffset
      value: oldest
    - 
`;

const SUBSCRIPTION = `apiVersion: dapr.io/v2alpha1
kind: Subscription
metadata:
  name: orders
spec:
  pubsubname: helped
  topic: orders
  routes:
    default: /orders
`;

const at = (document: vscode.TextDocument, text: string, behind = 1) =>
  document.positionAt(document.getText().indexOf(text) + behind);

async function hoverAt(document: vscode.TextDocument, text: string): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    at(document, text),
  );
  return hovers
    .flatMap(({ contents }) => contents.map((part) => (typeof part === 'string' ? part : part.value)))
    .join('\n');
}

describe('help while writing', () => {
  let document: vscode.TextDocument;

  before(async () => {
    await openFile('help/helped-orders.yaml', SUBSCRIPTION);
    document = await openFile('help/helped.yaml', COMPONENT);
  });

  it('answers in a hover what the key means, what is wrong and what people believe', async () => {
    const text = await until('the hover', async () => (await hoverAt(document, 'consumeRetryInterval')) || undefined);
    assert.match(text, /^\*\*consumeRetryInterval\*\*\n\nThe pause before the group is joined again/);
    assert.match(text, /A text that is no duration stops daprd\./);
    assert.match(text, /Default: 100ms\./);
    assert.match(text, /— \*\*False\.\*\* It is the pause .*\[Proof\]\(command:kafkaDapr\.openFact/);
  });

  it('opens the proof of a belief', async () => {
    await vscode.commands.executeCommand('kafkaDapr.openFact', 'hot-reload-makes-edits-safe');
    const tab = await until('the preview', () => {
      const active = vscode.window.tabGroups.activeTabGroup.activeTab;
      return active?.label.includes('facts') ? active : undefined;
    });
    assert.equal(tab.label, 'Preview facts.md');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('completes what is still missing, with its meaning', async () => {
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      document.positionAt(COMPONENT.length - 1),
    );
    const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('clientID'), labels.join(' '));
    assert.ok(!labels.includes('consumerGroup') && !labels.includes('saslPassword'), labels.join(' '));
    const documentation = items[labels.indexOf('clientID')]?.documentation;
    assert.match(
      typeof documentation === 'string' ? documentation : (documentation?.value ?? ''),
      /^The name under which the app appears/,
    );
  });

  it('says above the component which group reads, and where it starts', async () => {
    const lens = await until('the lens', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        100,
      );
      return lenses.find(({ command }) => command?.title.includes('group helped'));
    });
    assert.match(lens.command?.title ?? '', /group helped \(consumerGroup\) · starts at oldest/);
  });

  it('says in the lens, too, that daprd of the app stops at another component of the folder', async () => {
    const of = (name: string, initialOffset: string) =>
      COMPONENT.replaceAll('helped', name).replace('oldest', initialOffset).replace('    - \n', 'scopes:\n- stopper\n');
    const reader = await openFile('stops/reader.yaml', of('stopped-reader', 'newest'));
    const title = async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        reader.uri,
        100,
      );
      return lenses.find(({ command }) => command?.title.includes('group stopped-reader'))?.command?.title;
    };
    await until('the lens', title);
    assert.equal(await title(), 'group stopped-reader (consumerGroup) · starts at newest (Kafka: latest)');
    await openFile('stops/other.yaml', of('stopped-other', 'earliest'));
    await until('the stop', async () => ((await title()) ?? '').includes('daprd stops'));
    assert.equal(
      await title(),
      'group stopped-reader · starts at newest · daprd stops before, at stopped-other (K-03): nothing is delivered',
    );
  });

  it('keeps what can be done in sight where several apps read', async () => {
    const text = COMPONENT.replaceAll('helped', 'shared-by').replace(
      '    - \n',
      'scopes:\n- first\n- second\n- third\n',
    );
    const shared = await openFile('shared/by.yaml', text.replace(/.*consumerGroup\n.*\n/, ''));
    const titles = await until('the lenses', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        shared.uri,
        100,
      );
      const all = lenses.map(({ command }) => command?.title ?? '');
      return all.length >= 6 ? all : undefined;
    });
    assert.deepEqual(
      titles.map((title) => title.split(' · ')[0]?.replace(/^Connect to .*/, 'Connect')),
      [
        'group first (app id)',
        'Subscribed in code?',
        'Forecast',
        'Connect',
        'I want to…',
        'group second (app id)',
        'group third (app id)',
      ],
    );
  });

  it('goes from a Subscription to its component, and back', async () => {
    const subscription = await openFile('help/helped-orders.yaml', SUBSCRIPTION);
    const to = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      subscription.uri,
      at(subscription, 'helped'),
    );
    const targets = to.map((t) => ('uri' in t ? t.uri : t.targetUri).path.split('/').at(-1));
    assert.deepEqual(targets, ['helped.yaml']);
    const back = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      document.uri,
      at(document, 'helped'),
    );
    assert.ok(back.some(({ uri }) => uri.path.endsWith('/helped-orders.yaml')));
  });
});

describe('beside another YAML extension', () => {
  it('both are asked: neither takes the other’s hovers or completions away', async () => {
    const selector = { language: 'yaml' };
    const others = [
      vscode.languages.registerHoverProvider(selector, {
        provideHover: () => new vscode.Hover('of the schema'),
      }),
      vscode.languages.registerCompletionItemProvider(selector, {
        provideCompletionItems: () => [new vscode.CompletionItem('ofTheSchema')],
      }),
    ];
    try {
      const document = await openFile('help/helped.yaml', COMPONENT);
      const text = await until('both hovers', async () => {
        const hover = await hoverAt(document, 'initialOffset');
        return hover.includes('of the schema') ? hover : undefined;
      });
      assert.match(text, /\*\*initialOffset\*\*/);
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        document.positionAt(COMPONENT.length - 1),
      );
      const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      assert.ok(labels.includes('ofTheSchema') && labels.includes('clientID'), labels.join(' '));
    } finally {
      vscode.Disposable.from(...others).dispose();
    }
  });
});

describe('fix all', () => {
  it('mends everything in the file that has one best way, comments and style kept', async () => {
    const text = COMPONENT.replace('    - \n', '')
      .replace('name: consumeRetryInterval', 'name: backoffDuration # ours')
      .replace('value: oldest', "value: 'earliest' # all of it");
    const document = await openFile('help/helped.yaml', text);
    await until('the findings', () => (findingsOf(document).some((d) => ruleOf(d) === 'K-51') ? true : undefined));
    await vscode.commands.executeCommand('kafkaDapr.fixAllInFile');
    const fixed = text
      .replace('name: backoffDuration # ours', 'name: backOffDuration # ours')
      .replace("'earliest' # all", "'oldest' # all");
    await until('the mended text', () => (document.getText() === fixed ? true : undefined));
  });
});
