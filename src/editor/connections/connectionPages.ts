import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ClusterProfile, ClusterSecrets } from '../../core/kafka/profile.ts';
import { EMPTY_FORM, validateForm, type FormField } from '../../shared/connectionForm.ts';
import type { ConnectionContract, DoctorStepView } from '../../shared/connectionPage.ts';
import { Page } from '../panels/page.ts';
import type { ClusterStore } from './clusterStore.ts';
import { changedSecrets, formOf, profileOf } from './formProfile.ts';
import type { SecretStore } from './secretStore.ts';

/** Examines a connection step by step; supplied by the composition root. */
export type Doctor = (
  profile: ClusterProfile,
  secrets: ClusterSecrets,
  options: { signal: AbortSignal; onStep: (step: DoctorStepView) => void },
) => Promise<{ ok: boolean }>;

export interface ConnectionPagesOptions {
  extensionUri: vscode.Uri;
  store: ClusterStore;
  secrets: SecretStore;
  doctor: Doctor;
}

interface OpenForm {
  page: Page<ConnectionContract>;
  /** Tests what stands in it, as soon as it is drawn. */
  check: () => void;
}

/** The connection form: one page per cluster, and one per cluster being added. */
export class ConnectionPages implements vscode.Disposable {
  readonly #options: ConnectionPagesOptions;
  readonly #open = new Map<string, OpenForm>();

  constructor(options: ConnectionPagesOptions) {
    this.#options = options;
  }

  /**
   * Shows the form of a saved cluster; with `testNow` the doctor runs at once. One that is open keeps what was typed, which
   * is what is tested then: a secret may be nowhere else yet.
   */
  edit(clusterId: string, testNow = false): void {
    const known = this.#options.store.get(clusterId);
    if (known) this.#show(known.profile, { isNew: false, testNow, known: {} });
  }

  /** Shows the form of a new cluster, filled with what is known already. Nothing is saved before the person says so. */
  add(profile?: ClusterProfile, secrets: ClusterSecrets = {}): void {
    this.#show(profile ?? { id: randomUUID(), name: '', bootstrap: [] }, {
      isNew: true,
      testNow: false,
      known: secrets,
    });
  }

  dispose(): void {
    for (const { page } of [...this.#open.values()]) page.dispose();
  }

  #show(
    profile: ClusterProfile,
    { isNew, testNow, known }: { isNew: boolean; testNow: boolean; known: ClusterSecrets },
  ): void {
    const open = this.#open.get(profile.id);
    if (open) {
      open.page.reveal();
      if (testNow) open.check();
      return;
    }
    const { store, secrets, doctor } = this.#options;
    const { id } = profile;
    let drawn = false;
    let checkAtOnce = testNow;
    const saved = async () => ({ ...known, ...(await secrets.get(id)) });
    const page = new Page<ConnectionContract>({
      extensionUri: this.#options.extensionUri,
      name: 'connection',
      title: isNew ? l10n.t('Add cluster') : l10n.t('Edit {0}', profile.name),
      // A half filled form must survive a look at another tab.
      retain: true,
      handlers: {
        ready: async () => {
          const names = Object.keys(await saved()) as (keyof ClusterSecrets)[];
          drawn = true;
          const form = isNew && profile.bootstrap.length === 0 ? EMPTY_FORM : formOf(profile);
          return { form, saved: names, isNew, testNow: checkAtOnce };
        },
        save: async ({ form, secrets: changes }) => {
          refuseInvalid(validateForm(form));
          await secrets.set(id, changedSecrets(await saved(), changes));
          await store.save(profileOf(id, form));
          page.dispose();
          return null;
        },
        test: async ({ form, secrets: changes, test }, signal) => {
          refuseInvalid(validateForm(form));
          return doctor(profileOf(id, form), changedSecrets(await saved(), changes), {
            signal,
            onStep: (step) => page.emit('step', { test, step }),
          });
        },
        chooseFile: ({ field }) => chooseFile(field),
      },
    });
    const check = () => {
      if (drawn) page.emit('check', {});
      else checkAtOnce = true;
    };
    this.#open.set(id, { page, check });
    page.onDidClose(() => this.#open.delete(id));
  }
}

function refuseInvalid(problems: Partial<Record<FormField, string>>): void {
  const first = Object.values(problems)[0];
  if (first !== undefined) throw new Error(first);
}

async function chooseFile(field: FormField): Promise<string | null> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectMany: false,
    title: field === 'pfxFile' ? l10n.t('Choose a PKCS#12 file') : l10n.t('Choose a PEM file'),
  });
  return chosen?.[0]?.fsPath ?? null;
}
