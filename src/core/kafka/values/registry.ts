import * as l10n from '@vscode/l10n';
import type tls from 'node:tls';
import type { ClusterProfile, ClusterSecrets, RegistrySettings } from '../profile.ts';
import { tlsOptions } from '../transport/tlsOptions.ts';
import { httpGet, type HttpAnswer } from './httpGet.ts';
import { RegistryFailure, registryNotReached } from './registryFailure.ts';

/** `url`: base address; the Confluent API lies right below it (`…/apis/ccompat/v7` for Apicurio). */
export interface RegistryOptions extends RegistrySettings {
  password?: string;
  keyPassphrase?: string;
  /** ms; connection and answer together. Default 10,000. */
  timeoutMs?: number;
}

/** A cluster's registry, as its profile and secrets say. */
export function registryOf(profile: ClusterProfile, secrets: ClusterSecrets): RegistryOptions | undefined {
  const { registry, connectTimeoutMs: timeoutMs } = profile;
  if (registry === undefined) return undefined;
  const { registryPassword: password, registryKeyPassphrase: keyPassphrase } = secrets;
  return {
    ...registry,
    ...(password !== undefined && { password }),
    ...(keyPassphrase !== undefined && { keyPassphrase }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  };
}

export type SchemaType = 'AVRO' | 'PROTOBUF' | 'JSON';

export interface RegisteredSchema {
  id: number;
  type: SchemaType;
  schema: string;
  /** Schemas this one names, theirs before it; `name` is what it calls them. */
  references: { name: string; schema: string }[];
}

interface SchemaAnswer {
  /** Comes with a subject's version. */
  id?: number;
  schema: string;
  schemaType?: string;
  references?: { name: string; subject: string; version: number }[];
}

const DEFAULT_TIMEOUT_MS = 10_000;
/** A schema may name others that name others: so deep and no deeper. */
const REFERENCE_DEPTH = 16;

/** The registry answers, and has no such thing. */
export class NotRegistered extends Error {
  override readonly name = 'NotRegistered';
}

/**
 * Schemas from a Confluent-compatible registry: only `schemas/ids`, `subjects` and their versions, which all of them have.
 * @throws {RegistryFailure} its methods reject with it, or with another sentence where the registry has no such thing.
 */
export class SchemaRegistry {
  private readonly options: RegistryOptions;
  private tls: Promise<tls.ConnectionOptions> | undefined;
  private readonly schemas = new Map<number, Promise<RegisteredSchema>>();

  constructor(options: RegistryOptions) {
    this.options = options;
  }

  /** Asked once per id; a failure is asked again next time. */
  schema(id: number): Promise<RegisteredSchema> {
    let schema = this.schemas.get(id);
    if (!schema) {
      schema = this.load(id);
      this.schemas.set(id, schema);
      schema.catch(() => this.schemas.delete(id));
    }
    return schema;
  }

  /** The names under which schemas are registered, sorted. */
  async subjects(signal?: AbortSignal): Promise<string[]> {
    const answer = await this.get('subjects', () => this.strange(), signal);
    if (!Array.isArray(answer)) throw this.strange();
    return answer.filter((name) => typeof name === 'string').sort();
  }

  /** The newest schema of a subject, as it is now. */
  async latest(subject: string): Promise<RegisteredSchema> {
    const path = `subjects/${encodeURIComponent(subject)}/versions/latest`;
    const answer = await this.getSchema(path, l10n.t('subject {0}', subject));
    if (answer.id === undefined) throw this.strange();
    return this.registered(answer.id, answer);
  }

  private async load(id: number): Promise<RegisteredSchema> {
    return this.registered(id, await this.getSchema(`schemas/ids/${id}`, l10n.t('schema {0}', id)));
  }

  private async registered(id: number, answer: SchemaAnswer): Promise<RegisteredSchema> {
    const references = new Map<string, string>();
    await this.collect(answer, references, REFERENCE_DEPTH);
    const type = answer.schemaType ?? 'AVRO';
    if (type !== 'AVRO' && type !== 'PROTOBUF' && type !== 'JSON')
      throw new Error(l10n.t('Schema {0} is of the unknown type {1}.', id, type));
    return { id, type, schema: answer.schema, references: [...references].map(([name, schema]) => ({ name, schema })) };
  }

  private async collect(answer: SchemaAnswer, found: Map<string, string>, depth: number): Promise<void> {
    if (depth === 0) throw new Error(l10n.t('The references of a schema go in a circle or too deep.'));
    for (const { name, subject, version } of answer.references ?? []) {
      if (found.has(name)) continue;
      const path = `subjects/${encodeURIComponent(subject)}/versions/${version}`;
      const referenced = await this.getSchema(path, l10n.t('version {0} of {1}', version, subject));
      await this.collect(referenced, found, depth - 1);
      found.set(name, referenced.schema);
    }
  }

  private async getSchema(path: string, what: string): Promise<SchemaAnswer> {
    const answer = await this.get(path, () => new NotRegistered(l10n.t('The schema registry has no {0}.', what)));
    if (typeof answer !== 'object' || answer === null || !('schema' in answer) || typeof answer.schema !== 'string')
      throw this.strange();
    return answer as SchemaAnswer;
  }

  /** Read once: a renewed certificate counts from the next connection on. Files that were not usable are read again. */
  private certificates(): Promise<tls.ConnectionOptions> {
    const { url, tls: files = {}, keyPassphrase } = this.options;
    if (!/^https:/i.test(url)) return Promise.resolve({});
    if (!this.tls) {
      this.tls = tlsOptions(files, keyPassphrase === undefined ? {} : { keyPassphrase });
      this.tls.catch(() => (this.tls = undefined));
    }
    return this.tls;
  }

  private strange(cause?: unknown): Error {
    const { url } = this.options;
    return new RegistryFailure(
      'rights',
      l10n.t('{0} does not answer like a schema registry. Check its path: at Apicurio it is /apis/ccompat/v7.', url),
      cause,
    );
  }

  /** @param absent what it means that there is nothing at this path */
  private async get(path: string, absent: () => Error, cancel?: AbortSignal): Promise<unknown> {
    const { url, username, password, timeoutMs = DEFAULT_TIMEOUT_MS } = this.options;
    const headers: Record<string, string> = { accept: 'application/vnd.schemaregistry.v1+json, application/json' };
    if (username !== undefined)
      headers.authorization = `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}`;
    const timeout = AbortSignal.timeout(timeoutMs);
    let response: HttpAnswer;
    try {
      const address = new URL(`${url.replace(/\/+$/, '')}/${path}`);
      const signal = cancel ? AbortSignal.any([cancel, timeout]) : timeout;
      response = await httpGet(address, headers, await this.certificates(), signal);
    } catch (error) {
      cancel?.throwIfAborted();
      throw registryNotReached(url, error);
    }
    if (response.status === 404) throw absent();
    const refused = (message: string) => new RegistryFailure('rights', message, new Error(`HTTP ${response.status}`));
    if (response.status === 401 || response.status === 403)
      throw refused(l10n.t('The schema registry {0} refuses this user: check its user name and password.', url));
    if (response.status < 200 || response.status > 299)
      throw refused(l10n.t('The schema registry {0} answers with status {1}.', url, response.status));
    try {
      return JSON.parse(response.body);
    } catch (error) {
      throw this.strange(error);
    }
  }
}
