import * as l10n from '@vscode/l10n';
import { missingSecrets, type Imported } from './imported.ts';

/**
 * The `kafka.clusters` setting of the "Tools for Apache Kafka" extension: an array of `{name, bootstrap, saslOption?,
 * ssl?}`. Passwords are not in it (that extension keeps them in the secret store), or are from its older versions.
 */
export function importKafkaClustersSetting(setting: unknown): Imported[] {
  if (!Array.isArray(setting)) return [];
  return setting.flatMap((value: unknown) => {
    const cluster = fields(value);
    const bootstrap = text(cluster.bootstrap)
      .split(',')
      .map((s) => s.trim())
      .filter((s) => s !== '');
    if (bootstrap.length === 0) return [];
    const imported: Imported = {
      profile: { name: text(cluster.name) || (bootstrap[0] ?? ''), bootstrap },
      secrets: {},
      ask: [],
      notes: [],
    };
    const { profile, secrets, notes } = imported;
    const sasl = fields(cluster.saslOption);
    const mechanism = text(sasl.mechanism).toLowerCase();
    if (mechanism === 'plain' || mechanism === 'scram-sha-256' || mechanism === 'scram-sha-512') {
      profile.sasl = { mechanism, username: text(sasl.username) };
      if (text(sasl.password) !== '') secrets.password = text(sasl.password);
    } else if (mechanism === 'oauthbearer') profile.sasl = { mechanism };
    else if (mechanism !== '')
      notes.push(
        l10n.t('The login mechanism {0} is not supported. Use PLAIN, SCRAM, OAUTHBEARER or AWS MSK IAM.', mechanism),
      );
    const ssl = cluster.ssl;
    if (ssl === true) profile.tls = {};
    else if (typeof ssl === 'object' && ssl !== null) {
      const { ca, cert, key, rejectUnauthorized } = fields(ssl);
      profile.tls = {
        ...(text(ca) === '' ? {} : { caFile: text(ca) }),
        ...(text(cert) === '' ? {} : { certFile: text(cert) }),
        ...(text(key) === '' ? {} : { keyFile: text(key) }),
        ...(rejectUnauthorized === false ? { skipVerify: true } : {}),
      };
    }
    imported.ask = missingSecrets(profile, secrets);
    return [imported];
  });
}

const fields = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
