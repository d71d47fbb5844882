import * as l10n from '@vscode/l10n';
import { createClusterClient } from '../clusterClient.ts';
import type { ClusterProfile, SecretsAndFiles } from '../profile.ts';
import { explainSocket } from '../transport/explain.ts';
import { connectCluster, DEFAULT_CONNECT_TIMEOUT_MS, type ConnectOptions } from '../transport/kafkaConnection.ts';
import { codeOf, KafkaError, messageOf } from '../transport/kafkaError.ts';
import type { KafkaConnection } from '../transport/connection.ts';
import { formatAddress, parseAddress, serverNameFor } from '../transport/sockets.ts';
import { tlsOptions } from '../transport/tlsOptions.ts';
import { probeDns, ProbeFailure, probeTcp, probeTls, speaksTls, type Address, type ProbeLimits } from './probe.ts';
import { registryOf, SchemaRegistry } from '../values/registry.ts';
import { RegistryFailure } from '../values/registryFailure.ts';
import { brokerCount, groupCount, subjectCount, topicCount } from '../../../shared/counts.ts';

export interface DoctorStep {
  step: 'dns' | 'tcp' | 'tls' | 'sasl' | 'metadata' | 'advertised' | 'rights';
  /** The address or broker that was looked at. */
  target: string;
  ok: boolean;
  ms: number;
  /** What was seen. */
  detail: string;
  /** What to do, when something is wrong or looks wrong. */
  hint?: string;
  /** sha256 of a certificate that is not trusted, hex: it may be pinned in the profile. */
  certificateSha256?: string;
}

export interface Diagnosis {
  steps: DoctorStep[];
  ok: boolean;
}

export interface DoctorOptions extends Pick<ConnectOptions, 'signal' | 'resolveToken'> {
  /** Called as each step ends. */
  onStep?: (step: DoctorStep) => void;
}

/**
 * Goes the way of a connection step by step and says where it ends and why: DNS, TCP, TLS for each bootstrap server,
 * then login, metadata, the address that each broker gives for itself, and what the user may see. Last, whatever came of
 * the brokers, the schema registry: one step, named after the way it got.
 * @throws {KafkaError} kind `cancelled` only.
 */
export async function runDoctor(
  profile: ClusterProfile,
  secrets: SecretsAndFiles,
  options: DoctorOptions = {},
): Promise<Diagnosis> {
  const doctor = new Doctor(profile, secrets, options);
  await doctor.run();
  return { steps: doctor.steps, ok: doctor.steps.every((s) => s.ok) };
}

class Doctor {
  readonly steps: DoctorStep[] = [];
  readonly #profile: ClusterProfile;
  readonly #secrets: SecretsAndFiles;
  readonly #options: DoctorOptions;
  readonly #limits: ProbeLimits;

  constructor(profile: ClusterProfile, secrets: SecretsAndFiles, options: DoctorOptions) {
    this.#profile = profile;
    this.#secrets = secrets;
    this.#options = options;
    this.#limits = { signal: options.signal, timeoutMs: profile.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS };
  }

  async run(): Promise<void> {
    await this.#brokers();
    await this.#registry();
  }

  async #brokers(): Promise<void> {
    const reachable: string[] = [];
    for (const address of this.#profile.bootstrap) if (await this.#reach(address)) reachable.push(address);
    if (reachable.length === 0) return;
    const connection = await this.#login(reachable);
    if (!connection) return;
    try {
      await this.#advertised(connection);
      // What an unreachable broker would answer is not a question of rights.
      if (this.steps.every((s) => s.step !== 'advertised' || s.ok)) await this.#rights(connection);
    } finally {
      await connection.close();
    }
  }

  /** Does one step and notes it; undefined when it failed. */
  async #step<T>(
    step: DoctorStep['step'],
    target: string,
    work: () => Promise<{ detail: string; hint?: string | undefined; value: T }>,
    explain: (error: unknown) => Partial<DoctorStep> | Promise<Partial<DoctorStep>> = (error) =>
      this.#explain(target, error),
  ): Promise<T | undefined> {
    const started = performance.now();
    const took = () => Math.round(performance.now() - started);
    try {
      const { detail, hint, value } = await work();
      this.#note({ step, target, ok: true, ms: took(), detail, ...(hint === undefined ? {} : { hint }) });
      return value;
    } catch (error) {
      if (this.#options.signal?.aborted) throw new KafkaError('cancelled', l10n.t('Cancelled.'));
      const ms = took();
      this.#note({ step, target, ok: false, ms, detail: messageOf(error), ...(await explain(error)) });
      return undefined;
    }
  }

  #note(step: DoctorStep): void {
    this.steps.push(step);
    this.#options.onStep?.(step);
  }

  async #reach(text: string): Promise<boolean> {
    const asked = parseAddress(text);
    const mapped = this.#profile.addressMap?.[formatAddress(asked.host, asked.port)];
    const address = mapped === undefined ? asked : parseAddress(mapped);
    const resolved = await this.#step('dns', text, async () => {
      const found = await probeDns(address, this.#limits);
      return { detail: found.join(', '), value: true };
    });
    if (!resolved) return false;
    const open = await this.#step('tcp', text, async () => {
      await probeTcp(address, this.#limits);
      return { detail: l10n.t('The port is open.'), value: true };
    });
    if (!open) return false;
    return this.#profile.tls ? await this.#tls(text, address, serverNameFor(asked.host, address.host)) : true;
  }

  async #tls(text: string, address: Address, name: { servername?: string }): Promise<boolean> {
    const { tls: settings } = this.#profile;
    const ok = await this.#step(
      'tls',
      text,
      async () => {
        const options = { ...name, ...(await tlsOptions(settings ?? {}, this.#secrets)) };
        const facts = await probeTls(address, options, this.#limits);
        const pinned = settings?.pinnedSha256?.replaceAll(':', '').toLowerCase();
        if (pinned !== undefined && pinned !== facts.sha256) {
          throw new ProbeFailure(
            'tls',
            Object.assign(new Error(facts.sha256), { code: 'PINNED_CERTIFICATE' }),
            address,
          );
        }
        const detail = l10n.t('{0}, certificate of {1}, valid to {2}', facts.protocol, facts.subject, facts.validTo);
        const hint = settings?.skipVerify
          ? l10n.t('The certificate is not checked: anybody could answer in the place of this broker.')
          : undefined;
        return { detail, hint, value: true };
      },
      async (error) => ({ ...this.#explain(text, error), ...(await this.#untrusted(address, name, error)) }),
    );
    return ok ?? false;
  }

  /** The fingerprint of a certificate that is refused only because nobody here vouches for it. */
  async #untrusted(address: Address, name: { servername?: string }, error: unknown): Promise<Partial<DoctorStep>> {
    const code = error instanceof ProbeFailure ? codeOf(error.failure.error) : undefined;
    if (code === undefined || !PINNABLE.has(code)) return {};
    try {
      const { sha256 } = await probeTls(address, { ...name, rejectUnauthorized: false }, this.#limits);
      return { certificateSha256: sha256 };
    } catch (refused) {
      if (refused instanceof ProbeFailure) return {};
      throw refused;
    }
  }

  async #login(bootstrap: string[]): Promise<KafkaConnection | undefined> {
    const { signal, resolveToken } = this.#options;
    const target = bootstrap.join(', ');
    const started = performance.now();
    let connection: KafkaConnection;
    try {
      connection = await connectCluster({ ...this.#profile, bootstrap }, this.#secrets, {
        ...(signal ? { signal } : {}),
        ...(resolveToken ? { resolveToken } : {}),
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      const ms = Math.round(performance.now() - started);
      this.#note({ target, ok: false, ms, ...(await this.#whyNot(error, bootstrap)) });
      return undefined;
    }
    const ms = Math.round(performance.now() - started);
    const { sasl } = this.#profile;
    if (sasl) {
      const user = 'username' in sasl ? sasl.username : sasl.mechanism;
      this.#note({ step: 'sasl', target, ok: true, ms, detail: l10n.t('Logged in as {0}.', user) });
    }
    const known = await this.#step('metadata', target, async () => {
      const { clusterId, version, brokers } = await createClusterClient(connection).describe(signal ? { signal } : {});
      return {
        detail: l10n.t('Cluster {0}, Kafka {1}, {2}', clusterId ?? '?', version, brokerCount(brokers.length)),
        value: true,
      };
    });
    if (known) return connection;
    await connection.close();
    return undefined;
  }

  /** Which step a failed connection is about. A port that hangs up on plain text is asked whether it speaks TLS. */
  async #whyNot(error: unknown, bootstrap: string[]): Promise<Pick<DoctorStep, 'step' | 'detail' | 'hint'>> {
    const kind = error instanceof KafkaError ? error.kind : 'metadata';
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const detail = messageOf(cause);
    if (!this.#profile.tls && (kind === 'closed' || kind === 'timeout' || kind === 'sasl' || kind === 'tls')) {
      for (const text of bootstrap) {
        if (
          await speaksTls(parseAddress(this.#profile.addressMap?.[text] ?? text), { ...this.#limits, timeoutMs: 3000 })
        ) {
          return { step: 'tls', detail, hint: l10n.t('{0} is a TLS port. Turn on TLS.', text) };
        }
      }
    }
    const step = kind === 'dns' || kind === 'tcp' || kind === 'tls' || kind === 'sasl' ? kind : 'metadata';
    return { step, detail, hint: messageOf(error) };
  }

  async #advertised(connection: KafkaConnection): Promise<void> {
    for (const { id, host, port } of connection.brokers()) {
      const address = formatAddress(host, port);
      await this.#step(
        'advertised',
        l10n.t('broker {0} at {1}', id, address),
        async () => {
          await connection.broker(id);
          const mapped = this.#profile.addressMap?.[address];
          return { detail: mapped === undefined ? l10n.t('Reached.') : l10n.t('Reached at {0}.', mapped), value: true };
        },
        (error) => ({ detail: detailOf(error), hint: advertisedHint(host, port, this.#profile) ?? messageOf(error) }),
      );
    }
  }

  async #rights(connection: KafkaConnection): Promise<void> {
    const client = createClusterClient(connection);
    const options = this.#options.signal ? { signal: this.#options.signal } : {};
    await this.#step('rights', l10n.t('list topics'), async () => {
      const topics = await client.topics(undefined, options);
      const visible = topics.filter((t) => !t.internal).length;
      const hint =
        visible === 0
          ? l10n.t('No topic is visible: the cluster is empty, or this user lacks the right Describe on topics.')
          : undefined;
      return { detail: l10n.t('{0} visible', topicCount(visible)), hint, value: true };
    });
    await this.#step('rights', l10n.t('list groups'), async () => {
      const { groups, errors } = await client.groups(options);
      if (errors[0]) throw new KafkaError('kafka', errors[0].message);
      const hint =
        groups.length === 0
          ? l10n.t('No group is visible: there is none, or this user lacks the right Describe on groups.')
          : undefined;
      return { detail: l10n.t('{0} visible', groupCount(groups.length)), hint, value: true };
    });
  }

  async #registry(): Promise<void> {
    const registry = registryOf(this.#profile, this.#secrets);
    if (!registry) return;
    const target = l10n.t('schema registry {0}', registry.url);
    const started = performance.now();
    const end = (what: Pick<DoctorStep, 'step' | 'ok' | 'detail' | 'hint'>) =>
      this.#note({ target, ms: Math.round(performance.now() - started), ...what });
    try {
      const subjects = await new SchemaRegistry(registry).subjects(this.#options.signal);
      end({ step: 'rights', ok: true, detail: l10n.t('{0} visible', subjectCount(subjects.length)) });
    } catch (error) {
      if (this.#options.signal?.aborted) throw new KafkaError('cancelled', l10n.t('Cancelled.'));
      const step = error instanceof RegistryFailure ? error.step : 'rights';
      end({ step, ok: false, detail: detailOf(error), hint: messageOf(error) });
    }
  }

  #explain(target: string, error: unknown): Partial<DoctorStep> {
    if (error instanceof ProbeFailure) {
      const { tls, sasl } = this.#profile;
      const { message } = explainSocket(target, error.failure, tls !== undefined, sasl !== undefined);
      const code = codeOf(error.failure.error);
      return { detail: code === undefined ? error.message : `${code}: ${error.message}`, hint: message };
    }
    return { detail: detailOf(error), hint: messageOf(error) };
  }
}

const PINNABLE = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
]);

/** The innermost text, as it came from below. */
function detailOf(error: unknown): string {
  let inner = error;
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause;
  // An address with several numbers, such as localhost, fails with a list of errors and no text.
  return messageOf(inner) || (codeOf(inner) ?? '');
}

/** A broker that calls itself localhost although it was found under another name runs in a container or a VM. */
function advertisedHint(host: string, port: number, profile: ClusterProfile): string | undefined {
  const isLocal = (h: string) => ['localhost', '127.0.0.1', '::1'].includes(h);
  const others = profile.bootstrap.map(parseAddress).filter((b) => !isLocal(b.host));
  const other = others[0];
  if (!isLocal(host) || !other) return undefined;
  return l10n.t(
    'The broker says that it is reached at {0}, which means this machine, not {1}. Set advertised.listeners on the broker to a name that works from here, or map {0} to {2} in the connection.',
    formatAddress(host, port),
    other.host,
    formatAddress(other.host, other.port),
  );
}
