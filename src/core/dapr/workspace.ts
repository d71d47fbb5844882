import type { Finding } from './finding.ts';
import { readApps, type App } from './resources/apps.ts';
import type { Component } from './resources/component.ts';
import { readDocuments, type Document } from './resources/document.ts';
import { folderOf } from './resources/folders.ts';
import { readDeclaredSubscriptions } from './resources/declarations.ts';
import type { Subscription } from './resources/subscription.ts';

/** One file of a workspace as the helper sees it. `path` is relative to the workspace, with forward slashes. */
export interface SourceFile {
  path: string;
  text: string;
}

/** Findings per file that holds at least one Dapr document; other files are absent. */
export type LintResult = Map<string, Finding[]>;

interface Lists {
  paths: string[];
  components: Component[];
  subscriptions: Subscription[];
  apps: App[];
  byName: Map<string, Component[]>;
  byFolder: Map<string, Component[]>;
  byPubsub: Map<string, Subscription[]>;
}

interface FileState {
  documents: Document[];
  apps: App[];
  /** Made in code, told in a configuration file. */
  told: Subscription[];
}

/**
 * All documents of all files, kept up to date file by file:
 *
 *     file texts -> documents (daprd's own cuts) -> components, subscriptions, apps
 */
export class Workspace {
  private readonly files = new Map<string, FileState>();
  private lists: Lists | undefined;
  private readonly derived = new Map<(workspace: Workspace) => unknown, unknown>();

  set(path: string, text: string): void {
    const documents = readDocuments(path, text, this.files.get(path)?.documents);
    this.files.set(path, {
      documents,
      apps: documents.flatMap((document) => readApps(document.before ?? document)),
      told: documents.flatMap((document) => readDeclaredSubscriptions(document.before ?? document)),
    });
    this.changed();
  }

  remove(path: string): void {
    if (this.files.delete(path)) this.changed();
  }

  /** Paths of all files, sorted as daprd walks a folder. */
  get paths(): readonly string[] {
    return this.current().paths;
  }

  has(path: string): boolean {
    return this.files.has(path);
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

  componentsNamed(name: string): readonly Component[] {
    return this.current().byName.get(name) ?? [];
  }

  /** Of one folder: what one `--resources-path` holds, as daprd does not look into sub-folders. */
  componentsIn(folder: string): readonly Component[] {
    return this.current().byFolder.get(folder) ?? [];
  }

  subscriptionsTo(pubsubname: string): readonly Subscription[] {
    return this.current().byPubsub.get(pubsubname) ?? [];
  }

  /** What a rule works out from all files, once until one changes. `build` is the key: pass the same function again. */
  derive<T>(build: (workspace: Workspace) => T): T {
    if (!this.derived.has(build)) this.derived.set(build, build(this));
    return this.derived.get(build) as T;
  }

  private changed(): void {
    this.lists = undefined;
    this.derived.clear();
  }

  private current(): Lists {
    if (this.lists !== undefined) return this.lists;
    const lists: Lists = {
      paths: [...this.files.keys()].sort(),
      components: [],
      subscriptions: [],
      apps: [],
      byName: new Map(),
      byFolder: new Map(),
      byPubsub: new Map(),
    };
    for (const path of lists.paths) {
      const file = this.files.get(path);
      if (file === undefined) continue;
      lists.apps.push(...file.apps);
      for (const subscription of file.told) addSubscription(lists, subscription);
      for (const document of file.documents) {
        const { resource } = document.before ?? document;
        if (resource?.kind === 'component') {
          lists.components.push(resource);
          append(lists.byName, resource.name, resource);
          append(lists.byFolder, folderOf(path), resource);
        } else if (resource?.kind === 'subscription') {
          addSubscription(lists, resource);
        }
      }
    }
    this.lists = lists;
    return lists;
  }
}

function addSubscription(lists: Lists, subscription: Subscription): void {
  lists.subscriptions.push(subscription);
  append(lists.byPubsub, subscription.pubsubname?.text ?? '', subscription);
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
