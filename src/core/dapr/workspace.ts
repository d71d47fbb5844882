import type { Finding } from './finding.ts';
import { readApps, type App } from './resources/apps.ts';
import type { Component } from './resources/component.ts';
import { readDocuments, type Document } from './resources/document.ts';
import type { Subscription } from './resources/subscription.ts';

/** One file of a workspace as the helper sees it. `path` is relative to the workspace, with forward slashes. */
export interface SourceFile {
  path: string;
  text: string;
}

export interface LintOptions {
  /** Dapr runtime version the rules are judged for, e.g. "1.18.0". */
  daprVersion: string;
  mode: 'self-hosted' | 'kubernetes';
  /** Rule id -> severity it shall have, or "off". */
  severities: Record<string, 'error' | 'warning' | 'info' | 'off'>;
  /** Variables daprd is started with, where that is known; without it a variable may or may not be set. */
  environment?: Readonly<Record<string, string>>;
}

export const DEFAULT_LINT_OPTIONS: LintOptions = { daprVersion: '1.18.0', mode: 'self-hosted', severities: {} };

/** Findings per file that holds at least one Dapr document; other files are absent. */
export type LintResult = Map<string, Finding[]>;

interface FileState {
  documents: Document[];
  apps: App[];
}

/**
 * All documents of all files, kept up to date file by file:
 *
 *     file texts -> documents (daprd's own cuts) -> components, subscriptions, apps
 */
export class Workspace {
  private readonly files = new Map<string, FileState>();
  private lists: { components: Component[]; subscriptions: Subscription[]; apps: App[] } | undefined;

  set(path: string, text: string): void {
    const documents = readDocuments(path, text, this.files.get(path)?.documents);
    this.files.set(path, { documents, apps: documents.flatMap(readApps) });
    this.lists = undefined;
  }

  remove(path: string): void {
    if (this.files.delete(path)) this.lists = undefined;
  }

  /** Paths of all files, sorted as daprd walks a folder. */
  get paths(): string[] {
    return [...this.files.keys()].sort();
  }

  documents(path: string): readonly Document[] {
    return this.files.get(path)?.documents ?? [];
  }

  /** In the order in which daprd loads them: path, then position. */
  get components(): readonly Component[] {
    return this.current().components;
  }

  get subscriptions(): readonly Subscription[] {
    return this.current().subscriptions;
  }

  get apps(): readonly App[] {
    return this.current().apps;
  }

  private current() {
    if (this.lists !== undefined) return this.lists;
    const lists = { components: [] as Component[], subscriptions: [] as Subscription[], apps: [] as App[] };
    for (const path of this.paths) {
      const file = this.files.get(path);
      if (file === undefined) continue;
      lists.apps.push(...file.apps);
      for (const { resource } of file.documents) {
        if (resource?.kind === 'component') lists.components.push(resource);
        else if (resource?.kind === 'subscription') lists.subscriptions.push(resource);
      }
    }
    this.lists = lists;
    return lists;
  }
}
