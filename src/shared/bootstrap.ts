import * as l10n from '@vscode/l10n';

/** Kafka's usual port, taken where an address names none. */
const DEFAULT_PORT = 9092;

/** Brokers to start from, or what is wrong with the text, as a sentence. */
export type Bootstrap = { ok: true; addresses: string[] } | { ok: false; message: string };

/**
 * Reads `host:port, host:port` (also with blanks or line breaks between; IPv6 in brackets). A missing port is
 * {@link DEFAULT_PORT}; a `PLAINTEXT://`-like prefix, as in Kafka's own settings, is dropped.
 */
export function parseBootstrap(text: string): Bootstrap {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  if (parts.length === 0) return { ok: false, message: l10n.t('Enter at least one broker as host:port.') };
  const addresses: string[] = [];
  for (const part of parts) {
    const bare = part.replace(/^[A-Za-z_0-9]+:\/\//, '');
    const match = /^(\[[0-9a-zA-Z:.%]+\]|[^:[\]/]+)(?::(\d+))?$/.exec(bare);
    if (!match?.[1]) return { ok: false, message: l10n.t('"{0}" is not host:port.', part) };
    const port = match[2] === undefined ? DEFAULT_PORT : Number(match[2]);
    if (port < 1 || port > 65535)
      return { ok: false, message: l10n.t('"{0}": a port is a number from 1 to 65535.', part) };
    addresses.push(`${match[1]}:${port}`);
  }
  return { ok: true, addresses: [...new Set(addresses)] };
}
