import { readFile } from 'node:fs/promises';
import tls from 'node:tls';
import * as l10n from '@vscode/l10n';
import type { SecretsAndFiles, TlsSettings } from '../profile.ts';
import { codeOf, KafkaError, messageOf } from './kafkaError.ts';

/**
 * What Node's `tls.connect` needs for these settings. Reads the files named in them.
 * @throws {KafkaError} kind `tls` when a file cannot be read, is not what it should be, or its passphrase is wrong.
 */
export async function tlsOptions(settings: TlsSettings, secrets: SecretsAndFiles): Promise<tls.ConnectionOptions> {
  const options: tls.ConnectionOptions = {};
  const file = async (path: string): Promise<Buffer> => secrets.files?.get(path) ?? (await contents(path));
  if (settings.caFile) {
    options.ca = await file(settings.caFile);
    // Node passes over what is none, and then trusts nobody.
    if (!hasCertificate(options.ca))
      throw new KafkaError('tls', l10n.t('The file {0} has no certificate in PEM form.', settings.caFile));
  } else {
    const system = systemCertificates();
    if (system) options.ca = system;
  }
  if (settings.pfxFile) {
    options.pfx = await file(settings.pfxFile);
    if (secrets.pfxPassphrase !== undefined) options.passphrase = secrets.pfxPassphrase;
    checkContext(options, settings.pfxFile);
  } else if (settings.certFile || settings.keyFile) {
    if (!settings.certFile || !settings.keyFile) {
      throw new KafkaError('tls', l10n.t('A client certificate needs both files: the certificate and its key.'));
    }
    options.cert = await file(settings.certFile);
    options.key = await file(settings.keyFile);
    if (secrets.keyPassphrase !== undefined) options.passphrase = secrets.keyPassphrase;
    checkContext(options, settings.keyFile);
  } else if (settings.caFile) checkContext(options, settings.caFile);
  if (settings.serverName) options.servername = settings.serverName;
  if (settings.skipVerify || settings.pinnedSha256) options.rejectUnauthorized = false;
  return options;
}

/** Whether there is a certificate in PEM form: a text, unlike the binary DER. */
export const hasCertificate = (file: Buffer): boolean =>
  /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/.test(file.toString('latin1'));

/** Node's own list plus the system's, where this Node can tell (22.15 and later). */
function systemCertificates(): string[] | null {
  if (typeof tls.getCACertificates !== 'function') return null;
  return [...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system')])];
}

async function contents(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new KafkaError('tls', l10n.t('The file {0} cannot be read: {1}.', path, messageOf(error)), { cause: error });
  }
}

/** Finds a wrong passphrase or a file of another format now, by name, not later as a failed handshake. */
function checkContext(options: tls.ConnectionOptions, path: string): void {
  try {
    tls.createSecureContext(options);
  } catch (error) {
    const text = messageOf(error);
    const code = codeOf(error);
    const details = { cause: error, code };
    if (/bad decrypt|mac verify failure|bad password|interrupted or cancelled|empty password/i.test(text)) {
      throw new KafkaError('tls', l10n.t('The passphrase for {0} is missing or wrong.', path), details);
    }
    if (/key values mismatch/i.test(text)) {
      throw new KafkaError('tls', l10n.t('The key {0} does not belong to the certificate.', path), details);
    }
    throw new KafkaError('tls', l10n.t('The file {0} is not a usable certificate or key: {1}.', path, text), details);
  }
}
