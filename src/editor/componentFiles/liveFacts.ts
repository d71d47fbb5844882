import type * as vscode from 'vscode';
import type { Reader } from '../../core/dapr/delivery/readers.ts';
import type { Component } from '../../core/dapr/resources/component.ts';
import type { Subscription } from '../../core/dapr/resources/subscription.ts';
import type { Linter } from '../../core/dapr/rules/lint.ts';
import type { Rule } from '../../core/dapr/rules/rule.ts';
import type { LintOptions } from '../../core/dapr/lintOptions.ts';

/** What connected clusters know. Supplied by the root; a browser host has none. Answers come from what is cached: at once, without a request. */
export interface LiveFacts extends vscode.Disposable {
  /** Fires when an answer may have changed. */
  readonly onDidChange: vscode.Event<void>;
  /** The files say this now. */
  follow(linter: Linter, options: LintOptions): void;
  /** The rules with the halves that need a cluster. */
  rules(rules: readonly Rule[]): readonly Rule[];
  /** One line on what a start would bring and cost; empty: no connected cluster matches its brokers, or nothing is known yet. */
  line(reader: Reader): string;
  /** The same for one topic, null as above; `warns`: something is lost or not known. */
  topicLine(reader: Reader, topic: string): { text: string; warns: boolean } | null;
  /** Markdown: the partitions of what a component reads, or a Subscription names; empty as above. */
  tables(resource: Component | Subscription): string;
  /** The saved cluster that the component's brokers mean. */
  clusterOf(component: Component): string | undefined;
  /** What may be done about a component, in the file in which it stands. */
  offers(component: Component, file: vscode.Uri): vscode.Command[];
  /** Names that connected clusters have. */
  topics(): string[];
  groups(): string[];
}
