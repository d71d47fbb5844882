import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ChangePreview, Confirm } from '../../core/kafka/changes/gate.ts';
import type { ClusterClient } from '../../core/kafka/clusterClient.ts';
import type * as Engine from '../../core/kafka/engine.late.ts';
import type { ClusterProfile, ClusterSecrets } from '../../core/kafka/profile.ts';
import type { ReadSpec } from '../../shared/messagesPage.ts';
import type {
  MessageDraft,
  ProduceContract,
  ProduceInit,
  ProduceMemory,
  RecordBytes,
} from '../../shared/producePage.ts';
import { Page } from '../panels/page.ts';
import { restoredPages } from '../panels/restoredPages.ts';
import { rowCommand } from '../panels/rowCommand.ts';
import { draftOf, emptyDraft, messageOf } from './draft.ts';

export interface ProducePagesOptions {
  extensionUri: vscode.Uri;
  loadEngine: () => Promise<typeof Engine>;
  clusters: {
    get(id: string): ClusterProfile | undefined;
    /** Connects on first use; refuses in a workspace that is not trusted. */
    client(id: string): Promise<ClusterClient>;
    secrets(id: string): Promise<ClusterSecrets>;
  };
  /** Asks for the name typed on a production cluster. */
  confirm: Confirm;
}

/** What `kafkaDapr.produce` is called with; a topic or partition of the tree has these fields. */
export interface ProduceTarget {
  clusterId: string;
  topic: string;
  partition?: number;
  /** Write this one again. */
  record?: RecordBytes;
}

/** A page that the editor restored after a restart keeps by itself what was typed. */
interface Restored {
  panel: vscode.WebviewPanel;
  from: ProduceInit['from'];
}

/** The produce pages: one per topic, and one per record that is written again. */
export class ProducePages implements vscode.Disposable {
  readonly #options: ProducePagesOptions;
  readonly #open = new Map<string, Page<ProduceContract>>();
  readonly #registrations: vscode.Disposable[];

  constructor(options: ProducePagesOptions) {
    this.#options = options;
    this.#registrations = [
      rowCommand<ProduceTarget>('produce', (target) => this.#show(target)),
      restoredPages<ProduceMemory>('produce', (panel, memory) => this.#restore(panel, memory)),
    ];
  }

  dispose(): void {
    for (const registration of this.#registrations) registration.dispose();
    for (const page of [...this.#open.values()]) page.dispose();
  }

  #show(target: ProduceTarget): void {
    const profile = this.#options.clusters.get(target.clusterId);
    if (!profile) throw new Error(l10n.t('This cluster is not saved here any more. Add it again.'));
    const key = keyOf(target, target.record ?? null);
    const known = this.#open.get(key);
    if (known) return known.reveal();
    this.#keep(key, this.#create(profile, target));
  }

  #restore(panel: vscode.WebviewPanel, memory: ProduceMemory): void {
    const profile = this.#options.clusters.get(memory.clusterId);
    if (profile) this.#keep(keyOf(memory, memory.from), this.#create(profile, memory, { panel, from: memory.from }));
    else panel.dispose();
  }

  #keep(key: string, page: Page<ProduceContract>): void {
    this.#open.set(key, page);
    page.onDidClose(() => this.#open.delete(key));
  }

  #create(profile: ClusterProfile, target: ProduceTarget, restored?: Restored): Page<ProduceContract> {
    const { topic } = target;
    const { clusters, loadEngine, confirm } = this.#options;
    const encoder = async () => {
      const [engine, secrets] = await Promise.all([loadEngine(), clusters.secrets(profile.id)]);
      return new engine.ValueEncoder(engine.registryOf(profile, secrets));
    };
    const topics = async (signal: AbortSignal) => (await clusters.client(profile.id)).topics([topic], { signal });
    let partitions: number | undefined;
    const preview = async (draft: MessageDraft, signal: AbortSignal): Promise<ChangePreview> => {
      const engine = await loadEngine();
      const message = await messageOf(draft, await encoder());
      partitions ??= (await topics(signal))[0]?.partitions.length ?? 0;
      return engine.producePreview(message, topic, profile.name, partitions);
    };
    return new Page<ProduceContract>({
      extensionUri: this.#options.extensionUri,
      name: 'produce',
      title: l10n.t('Produce to {0}', topic),
      cluster: profile.name,
      // What a person has typed must survive a look at another tab.
      retain: true,
      ...(restored ? { panel: restored.panel } : {}),
      handlers: {
        ready: async (_, signal) => {
          const [found] = await topics(signal);
          if (!found || found.partitions.length === 0)
            throw new Error(found?.error ?? l10n.t('The topic {0} does not exist.', topic));
          partitions = found.partitions.length;
          return {
            cluster: { id: profile.id, name: profile.name, mode: profile.mode ?? 'normal' },
            topic,
            partitions: found.partitions.map((p) => p.partition),
            codecs: (await loadEngine()).writableCodecs(),
            ...(await subjects(await encoder())),
            ...startOf(target),
            ...(restored ? { from: restored.from } : {}),
          };
        },
        preview: async ({ draft }, signal) => {
          try {
            const { title, items } = await preview(draft, signal);
            return { title, items };
          } catch (error) {
            return { problem: error instanceof Error ? error.message : String(error) };
          }
        },
        send: async ({ draft }) => {
          const engine = await loadEngine();
          const message = await messageOf(draft, await encoder());
          // The page shows exactly what the dialog would: Send is the yes, and only production asks for the name.
          const gate = engine.createGate(clusters.get(profile.id) ?? profile, async (what, typedName) =>
            typedName === null ? true : confirm(what, typedName),
          );
          try {
            const client = await clusters.client(profile.id);
            return await engine.produce(client, { topic, cluster: profile.name }, message, gate);
          } catch (error) {
            if (error instanceof engine.ChangeRefused && error.byPerson) return null;
            throw error;
          }
        },
        show: async ({ partition, offset }) => {
          const read: ReadSpec = {
            start: { kind: 'offset', offset },
            end: { kind: 'follow' },
            partitions: [partition],
            isolation: 'read_uncommitted',
            filter: null,
          };
          await vscode.commands.executeCommand('kafkaDapr.tailMessages', { clusterId: profile.id, topic, read });
          return null;
        },
      },
    });
  }
}

const keyOf = ({ clusterId, topic, partition }: ProduceTarget, from: ProduceInit['from']): string =>
  JSON.stringify([clusterId, topic, from ? [from.partition, from.offset] : (partition ?? null)]);

function startOf({ record, partition }: ProduceTarget): Pick<ProduceInit, 'draft' | 'from'> {
  if (!record) return { draft: emptyDraft(partition ?? null), from: null };
  return { draft: draftOf(record), from: { partition: record.partition, offset: record.offset } };
}

/** A registry that does not answer takes only the schemas away. */
async function subjects(encoder: {
  subjects(): Promise<string[] | null>;
}): Promise<Pick<ProduceInit, 'subjects' | 'registryProblem'>> {
  try {
    return { subjects: await encoder.subjects(), registryProblem: null };
  } catch (error) {
    return { subjects: [], registryProblem: error instanceof Error ? error.message : String(error) };
  }
}
