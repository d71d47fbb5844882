import * as l10n from '@vscode/l10n';

// Numbers as they stand in sentences: a sentence takes "1 message" or "12,430 messages" whole and needs no form for one.

/** `12,430`; `?`: not known. */
export function count(value: number | null): string {
  return value === null ? '?' : value.toLocaleString('en-US');
}

export function messageCount(value: number): string {
  return value === 1 ? l10n.t('1 message') : l10n.t('{0} messages', count(value));
}

export function offsetCount(value: number): string {
  return value === 1 ? l10n.t('1 offset') : l10n.t('{0} offsets', count(value));
}

export function partitionCount(value: number): string {
  return value === 1 ? l10n.t('1 partition') : l10n.t('{0} partitions', count(value));
}

export function brokerCount(value: number): string {
  return value === 1 ? l10n.t('1 broker') : l10n.t('{0} brokers', count(value));
}

export function groupCount(value: number): string {
  return value === 1 ? l10n.t('1 group') : l10n.t('{0} groups', count(value));
}

export function topicCount(value: number): string {
  return value === 1 ? l10n.t('1 topic') : l10n.t('{0} topics', count(value));
}

export function memberCount(value: number): string {
  return value === 1 ? l10n.t('1 member') : l10n.t('{0} members', count(value));
}

export function instanceCount(value: number): string {
  return value === 1 ? l10n.t('1 instance') : l10n.t('{0} instances', count(value));
}

/** Of a schema registry. */
export function subjectCount(value: number): string {
  return value === 1 ? l10n.t('1 subject') : l10n.t('{0} subjects', count(value));
}
