import * as l10n from '@vscode/l10n';
import type { ReplayWish } from './replayPage.ts';

/** What somebody may want from a component, in their words: I want to… */
export const WISHES: [ReplayWish['kind'], () => string][] = [
  ['everything', () => l10n.t('receive everything that Kafka still keeps')],
  ['only-new', () => l10n.t('receive only what is new')],
  ['since', () => l10n.t('receive everything since a time')],
  ['from-offset', () => l10n.t('receive again from an offset')],
  ['second-reader', () => l10n.t('read a second time, independently')],
  ['every-instance', () => l10n.t('give every message to every instance')],
];
