import type { Consequence, Fix, Severity, TextRange } from '../finding.ts';
import type { Component } from '../resources/component.ts';
import type { Document } from '../resources/document.ts';
import type { Subscription } from '../resources/subscription.ts';
import { versionOrder } from '../version.ts';
import type { LintOptions } from '../lintOptions.ts';
import type { Workspace } from '../workspace.ts';

/** What a rule reports. Ranges and edits count from the start of the document's text. */
export interface Problem {
  range: TextRange;
  /** One localized sentence: what daprd really does, with its own error text where it stops. */
  message: string;
  /** Where they differ from the rule's. */
  severity?: Severity;
  consequence?: Consequence;
  /** Stops daprd even with `ignoreErrors: true`: a panic in the component, or an error before any component starts. */
  fatal?: 'panic' | 'loading';
  fixes?: Fix[];
}

export interface RuleContext {
  options: LintOptions;
  workspace: Workspace;
}

interface RuleData {
  /** e.g. `K-03`; docs/rules/K-03.md is its page. */
  id: string;
  severity: Severity;
  /** Absent: daprd runs. */
  consequence?: Consequence;
  /** Looks at other documents or at its place in the file: run again whenever anything changes. */
  crossFile?: true;
}

/** A rule: data and a pure function. What it looks at is said by `on`; absent: a component. */
export type Rule =
  | (RuleData & { on?: 'component'; check(component: Component, context: RuleContext): Iterable<Problem> })
  | (RuleData & { on: 'subscription'; check(subscription: Subscription, context: RuleContext): Iterable<Problem> })
  | (RuleData & { on: 'document'; check(document: Document, context: RuleContext): Iterable<Problem> });

/** Is the configured runtime at least this version? */
export function atLeast({ daprVersion }: LintOptions, version: string): boolean {
  return versionOrder(daprVersion) >= versionOrder(version);
}
