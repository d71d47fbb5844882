import type * as vscode from 'vscode';
import type { Reader } from '../../core/dapr/delivery/readers.ts';

/** What connected clusters know. Supplied by the root; a browser host has none. Answers come from what is cached: at once, without a request. */
export interface LiveFacts {
  /** Fires when an answer may have changed. */
  readonly onDidChange: vscode.Event<void>;
  /** What this reader would miss if it started now; null: no connected cluster matches its brokers. */
  missed(reader: Reader): { neverReceived: number; topics: string[]; cluster: string } | null;
  /** Names that connected clusters have. */
  topics(): string[];
  groups(): string[];
}
