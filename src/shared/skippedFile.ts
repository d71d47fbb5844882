import * as l10n from '@vscode/l10n';

/** Bytes. No YAML file that a person writes is longer: what is, nobody reads but an editor in which it is open. */
export const LARGEST_FILE = 10 * 1024 * 1024;

/** Said of a file that is larger than {@link LARGEST_FILE}. */
export const tooLarge = (path: string): string =>
  l10n.t('{0} is larger than 10 MiB and is not read. Components and subscriptions in it are not known here.', path);

/** Said of a file that is there and cannot be read; `reason` as the file system words it. */
export const unreadable = (path: string, reason: string): string =>
  l10n.t('{0} cannot be read: {1}. Components and subscriptions in it are not known here.', path, reason);
