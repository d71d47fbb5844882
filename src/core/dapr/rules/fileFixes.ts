import * as l10n from '@vscode/l10n';
import type { Fix, TextEdit } from '../finding.ts';
import type { Component } from '../resources/component.ts';
import type { Document } from '../resources/document.ts';
import { folderOf } from '../resources/folders.ts';
import type { Subscription } from '../resources/subscription.ts';
import type { Workspace } from '../workspace.ts';
import { nodeAt } from '../yaml/nodes.ts';
import { eolOf, lineBelow, replaceByText, scalarSource } from './edits.ts';

/** The line `deadLetterTopic` below the topic of a Subscription; undefined: this helper cannot write it there. */
export function deadLetterLine({ document, topic, told, root }: Subscription): TextEdit | undefined {
  if (topic === undefined || topic.text === '' || topic.node.alias || told !== undefined || root.flow) return undefined;
  const empty = nodeAt(root, 'spec', 'deadLetterTopic');
  if (empty !== undefined) return replaceByText(empty, `${topic.text}-dead`);
  return lineBelow(topic.node.range, `deadLetterTopic: ${JSON.stringify(`${topic.text}-dead`)}`, document);
}

/** Gives each of these Subscriptions, wherever they are, a dead letter topic; none where one of them cannot get it. */
export function deadLetterFix(subscriptions: readonly Subscription[]): Fix[] {
  const changes = subscriptions.flatMap((subscription) => {
    const edit = deadLetterLine(subscription);
    return edit === undefined ? [] : [{ document: subscription.document, edit }];
  });
  if (changes.length === 0 || changes.length < subscriptions.length) return [];
  const paths = new Set(changes.map(({ document }) => document.file));
  const files = [...paths].map((path) => ({
    kind: 'edit' as const,
    path,
    edits: changes.flatMap(({ document, edit }) => (document.file === path ? [inFile(document, edit)] : [])),
  }));
  return [{ title: l10n.t('Add {0}', 'deadLetterTopic'), edits: [], files }];
}

function inFile({ start }: Document, { range, newText }: TextEdit): TextEdit {
  return { range: { start: range.start + start, end: range.end + start }, newText };
}

/** A new file beside the component that retries three times before a message becomes a dead letter. */
export function retryPolicyFix(component: Component, workspace: Workspace): Fix {
  const { document } = component;
  const text = [
    'apiVersion: dapr.io/v1alpha1',
    'kind: Resiliency',
    'metadata:',
    '  name: resiliency',
    'spec:',
    '  policies:',
    '    retries:',
    '      thrice:',
    '        policy: constant',
    '        duration: 5s',
    '        maxRetries: 3',
    '  targets:',
    '    components:',
    `      ${scalarSource(component.name, 'plain')}:`,
    '        inbound:',
    '          retry: thrice',
    '',
  ].join(eolOf(document.text));
  const path = resiliencyPath(document, workspace);
  return { title: l10n.t('Create {0}', path), edits: [], files: [{ kind: 'create', path, text }] };
}

/** Moves a document that is not the first of its file, with the line --- before it, to a file of its own. */
export function ownFileFix(document: Document, workspace: Workspace): Fix[] {
  const before = workspace
    .documents(document.file)
    .findLast((other) => !other.embedded && other.start < document.start);
  if (before === undefined) return [];
  const { start, separator, text } = document;
  const path = resiliencyPath(document, workspace);
  const range = { start: before.separator - start, end: separator < 0 ? text.length : separator - start };
  const own = text.trimEnd() + eolOf(text);
  return [
    {
      title: l10n.t('Move to {0}', path),
      edits: [{ range, newText: '' }],
      files: [{ kind: 'create', path, text: own }],
    },
  ];
}

function resiliencyPath({ file }: Document, workspace: Workspace): string {
  const folder = folderOf(file);
  for (let i = 1; ; i++) {
    const path = `${folder === '' ? '' : `${folder}/`}resiliency${i === 1 ? '' : `-${i}`}.yaml`;
    if (!workspace.has(path)) return path;
  }
}
