import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Confirm } from '../../core/kafka/changes/gate.ts';
import type { ClusterProfile } from '../../core/kafka/profile.ts';
import type { Login } from '../../core/kafka/transport/tokens.ts';
import type { ReadSpec } from '../../shared/messagesPage.ts';
import type {
  RedriveCheckpoint,
  RedriveContract,
  RedriveEnd,
  RedriveEvents,
  RedrivePlan,
  RedriveSource,
} from '../../shared/redrivePage.ts';
import { Page } from '../panels/page.ts';
import { endedText } from './redriveEnded.ts';
import { ScanWorker } from './scanWorker.ts';
import { readByFiles, schemaFiles } from './schemaFiles.ts';

export interface RedrivePagesOptions {
  extensionUri: vscode.Uri;
  /** Absolute path of the scan worker's bundle. */
  workerPath: string;
  login(profile: ClusterProfile): Promise<Login>;
  /** Names of the cluster's topics, without Kafka's own. */
  topics(clusterId: string): Promise<string[]>;
  /** Topics whose dead letter topic the workspace's files call this one. */
  deadLettersOf(topic: string): Promise<{ topic: string; file: string }[]>;
  /** Asks for the name typed on a production cluster. */
  confirm: Confirm;
}

/** The pages that write records of one topic to another; each has a worker of its own, which ends with it. */
export class RedrivePages implements vscode.Disposable {
  readonly #options: RedrivePagesOptions;
  readonly #open = new Set<Page<RedriveContract>>();

  constructor(options: RedrivePagesOptions) {
    this.#options = options;
  }

  dispose(): void {
    for (const page of [...this.#open]) page.dispose();
  }

  async open(profile: ClusterProfile, topic: string, source: RedriveSource): Promise<void> {
    const login = await this.#options.login(profile);
    const page = this.#create(profile, login, topic, source);
    this.#open.add(page);
    page.onDidClose(() => this.#open.delete(page));
  }

  #create(profile: ClusterProfile, login: Login, topic: string, source: RedriveSource): Page<RedriveContract> {
    const { extensionUri, workerPath, confirm } = this.#options;
    let plan: RedrivePlan | undefined;
    let checkpoint: RedriveCheckpoint | null = null;
    let running: AbortController | undefined;
    const events = <Name extends string>(name: Name, payload: unknown): void => {
      if (name === 'redriven') page.emit('progress', (checkpoint = payload as RedriveCheckpoint));
      else if (name === 'redriveCounted') page.emit('counted', payload as RedriveEvents['redriveCounted']);
      else if (name === 'confirm') void asked(payload as RedriveEvents['confirm']);
    };
    let worker: ScanWorker | undefined;
    let opened: Promise<unknown> | undefined;
    /** A filter that reads by schemas of the workspace's files needs them, as on the page it comes from. */
    const openFor = async (mine: ScanWorker): Promise<void> => {
      await mine.open(profile, topic, login);
      if (source.kind === 'range' && readByFiles(source.read.filter?.formats))
        await mine.request('useFiles', { files: (await schemaFiles()).files });
    };
    /** A worker that ended is replaced: what it had told is where the next one goes on. */
    const live = async (): Promise<ScanWorker> => {
      worker ??= new ScanWorker(workerPath, vscode.l10n.bundle ?? null, events, () => {
        worker = undefined;
        opened = undefined;
      });
      const mine = worker;
      opened ??= openFor(mine);
      try {
        await opened;
      } catch (error) {
        mine.dispose();
        worker = undefined;
        opened = undefined;
        throw error;
      }
      return mine;
    };
    const asked = async ({ preview, typedName }: RedriveEvents['confirm']): Promise<void> => {
      // The page shows what the dialog would: Start is the yes, and only production asks for the name.
      const agreed = typedName === null ? true : await confirm(preview, typedName);
      // A worker that ended meanwhile waits for no answer.
      await worker?.request('confirmed', { agreed }).catch(() => undefined);
    };
    const run = async (): Promise<RedriveEnd | null> => {
      if (!plan || running) return null;
      running = new AbortController();
      const total = plan.counts.reduce((sum, { count }) => sum + count, 0);
      try {
        const end = await (await live()).request('redrive', { job: plan.job, total, checkpoint }, running.signal);
        ({ checkpoint } = end);
        return end;
      } catch (error) {
        // The worker died, or the gate said no. What was told last is where it stands.
        if (checkpoint === null) throw error;
        return { state: 'stopped', reason: error instanceof Error ? error.message : String(error), checkpoint };
      } finally {
        running = undefined;
      }
    };
    const page = new Page<RedriveContract>({
      extensionUri,
      name: 'redrive',
      title: l10n.t('Redrive {0}', topic),
      cluster: profile.name,
      // Where it stands must survive a look at another tab.
      retain: true,
      handlers: {
        ready: async () => {
          await live();
          const [topics, proposals] = await Promise.all([
            this.#options.topics(profile.id),
            this.#options.deadLettersOf(topic),
          ]);
          return {
            cluster: { name: profile.name, mode: profile.mode ?? 'normal' },
            topic,
            what: whatOf(source),
            topics: topics.filter((name) => name !== topic),
            proposals,
          };
        },
        plan: async ({ target, placement }, signal) => {
          plan = undefined;
          checkpoint = null;
          plan = await (await live()).request('planRedrive', { source, target, placement }, signal);
          return plan;
        },
        run,
        stop: () => {
          running?.abort();
          return null;
        },
        show: async () => {
          const read: ReadSpec = {
            start: { kind: 'last', count: 100 },
            end: { kind: 'follow' },
            partitions: [],
            isolation: 'read_committed',
            filter: null,
          };
          const target = { clusterId: profile.id, topic: plan?.job.target ?? topic, read };
          await vscode.commands.executeCommand('kafkaDapr.tailMessages', target);
          return null;
        },
      },
    });
    page.onDidClose(() => {
      worker?.dispose();
      if (running && plan) void vscode.window.showWarningMessage(endedText(topic, plan, checkpoint));
    });
    return page;
  }
}

function whatOf(source: RedriveSource): string {
  if (source.kind === 'records') {
    const count = source.places.reduce((sum, { offsets }) => sum + offsets.length, 0);
    return count === 1 ? l10n.t('1 chosen message') : l10n.t('{0} chosen messages', count);
  }
  const { filter } = source.read;
  return filter === null || filter.text === ''
    ? l10n.t('all committed messages of the range, read anew from Kafka')
    : l10n.t('all committed messages of the range that match {0}, read anew from Kafka', filter.text);
}
