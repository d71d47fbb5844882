import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { readersOf, type Reader } from '../../core/dapr/delivery/readers.ts';
import type { Component } from '../../core/dapr/resources/component.ts';
import type { Subscription } from '../../core/dapr/resources/subscription.ts';
import { groupText } from './groupText.ts';
import type { LintedFiles } from './lintedFiles.ts';
import type { LiveFacts } from './liveFacts.ts';
import { rangesIn } from './ranges.ts';
import { originLines } from './origins.ts';
import { refusedStart, startName } from './startName.ts';

/** `component` and `app` are what the commands on a row go by. */
type Node =
  | { kind: 'component'; component: string; resource: Component }
  | { kind: 'reader'; component: string; app: string | null; reader: Reader; topic: string | null };

/** View `kafkaDapr.dapr`: the pub/sub components of the workspace and, below each, what reads through it and where it starts. */
export class DaprTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #files: LintedFiles;
  readonly #facts: LiveFacts | null;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[];

  constructor(files: LintedFiles, facts: LiveFacts | null) {
    this.#files = files;
    this.#facts = facts;
    this.#subscriptions = [
      this.#changed,
      files.onDidChange((which) => which === 'all' && this.#changed.fire(undefined)),
      vscode.window.registerTreeDataProvider('kafkaDapr.dapr', this),
    ];
  }

  getChildren(node?: Node): Node[] {
    const { workspace } = this.#files;
    if (!node)
      return workspace.components
        .filter((c) => c.type.startsWith('pubsub.') || c.type === 'bindings.kafka')
        .map((resource) => ({ kind: 'component', component: resource.name, resource }));
    if (node.kind === 'reader') return [];
    return readersOf(workspace, { namespace: null })
      .filter((reader) => reader.component === node.resource)
      .flatMap((reader) => {
        const topics = reader.topics.length === 0 ? [null] : reader.topics.map((t) => t.topic);
        const { component } = node;
        return topics.map((topic): Node => ({ kind: 'reader', component, app: reader.app, reader, topic }));
      });
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return node.kind === 'component' ? this.#componentItem(node.resource) : this.#readerItem(node.reader, node.topic);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #componentItem(component: Component): vscode.TreeItem {
    const kafka = component.type.endsWith('.kafka');
    const state = kafka ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.None;
    const item = new vscode.TreeItem(component.name || l10n.t('(no name)'), state);
    item.id = `${component.document.file}#${component.document.index}`;
    const cluster = this.#facts?.clusterOf(component);
    const place = component.document.file + (cluster === undefined ? '' : ` → ${cluster}`);
    item.description = kafka ? place : `${component.type} · ${place}`;
    // Also what a screen reader says of the row.
    item.tooltip = `${component.name}\n${component.type}\n${place}`;
    item.iconPath = new vscode.ThemeIcon('plug');
    item.contextValue = kafka ? 'daprComponent kafka' : 'daprComponent';
    this.#opens(item, component);
    return item;
  }

  /** A row opens what it is about: the component, or the Subscription that names its topic. */
  #opens(item: vscode.TreeItem, resource: Component | Subscription): void {
    const uri = this.#files.uriOf(resource.document.file);
    if (!uri) return;
    const at = resource.document.start + resource.root.range.start;
    const selection = rangesIn(this.#files.textAt(uri))({ start: at, end: at });
    item.command = { command: 'vscode.open', title: l10n.t('Open'), arguments: [uri, { selection }] };
  }

  #readerItem(reader: Reader, topic: string | null): vscode.TreeItem {
    const { component, app } = reader;
    const item = new vscode.TreeItem(topic === null ? groupText(reader) : `${topic} → ${app ?? l10n.t('every app')}`);
    item.id = `${component.document.file}#${component.document.index}/${app ?? ''}/${topic ?? ''}`;
    const live = topic === null ? undefined : this.#facts?.topicLine(reader, topic);
    const parts = [startName(reader)];
    if (topic === null) parts.push(l10n.t('no subscription names a topic'));
    // First what it costs: a narrow side bar cuts the end off.
    else if (live) parts.unshift(live.text);
    const topics = reader.topics.filter((t) => topic === null || t.topic === topic);
    const origins = originLines({ ...reader, topics }, this.#files.workspace);
    if (topics.some(({ subscription }) => subscription?.told !== undefined))
      parts.splice(live ? 1 : 0, 0, l10n.t('in code'));
    item.description = parts.join(' · ');
    // Its first line is the row's accessible name, too.
    const label = topic === null ? [] : [`${topic} → ${app ?? l10n.t('every app')}`];
    item.tooltip = [...label, groupText(reader), ...parts, ...origins].join('\n');
    item.iconPath = readerIcon(reader, live?.warns);
    item.contextValue = 'daprReader';
    this.#opens(item, topics[0]?.subscription ?? component);
    return item;
  }
}

function readerIcon(reader: Reader, warns = reader.initialOffset !== 'oldest'): vscode.ThemeIcon {
  if (refusedStart(reader) !== null)
    return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  return warns
    ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
    : new vscode.ThemeIcon('pass', new vscode.ThemeColor('charts.green'));
}
