import * as l10n from '@vscode/l10n';
import type { ClusterProfile } from '../profile.ts';

/** What is about to happen, in words, before it happens. */
export interface ChangePreview {
  /** One sentence, e.g. "Delete 2 topics of staging". */
  title: string;
  /** Exactly what will change, a line each. */
  items: string[];
  /** What a person types on a production cluster: the topic's or group's name, or how many there are. */
  subject: string;
}

/** The first item of what takes something away: a long list is cut at its end. */
export const cannotBeUndone = (): string => l10n.t('this cannot be undone');

/**
 * Asks the person (or the command line) and resolves to true when they agree.
 * `typedName`: what they must type, on a production cluster; null elsewhere.
 */
export type Confirm = (preview: ChangePreview, typedName: string | null) => Promise<boolean>;

/** A change that was not made, with the reason. Nothing was sent to the cluster. */
export class ChangeRefused extends Error {
  override readonly name = 'ChangeRefused';
  /** The person said no: nobody needs to be told. */
  readonly byPerson: boolean;

  constructor(message: string, byPerson = false) {
    super(message);
    this.byPerson = byPerson;
  }
}

/** The one door through which every change to a cluster passes. */
export interface Gate {
  /** Throws {@link ChangeRefused} where no answer could open the gate: before anybody is asked for details. */
  check(): void;
  /** Resolves when the change may be made; throws {@link ChangeRefused} otherwise. */
  pass(preview: ChangePreview): Promise<void>;
}

/** A read-only profile refuses everything, a production one wants the subject typed, any other one a yes. */
export function createGate(profile: Pick<ClusterProfile, 'name' | 'mode'>, confirm: Confirm): Gate {
  const check = () => {
    if (profile.mode === 'read-only')
      throw new ChangeRefused(
        l10n.t('{0} is saved as read-only: nothing can be changed. Edit the connection to allow it.', profile.name),
      );
  };
  return {
    check,
    async pass(preview) {
      check();
      const agreed = await confirm(preview, profile.mode === 'production' ? preview.subject : null);
      if (!agreed) throw new ChangeRefused(l10n.t('Nothing was changed.'), true);
    },
  };
}
