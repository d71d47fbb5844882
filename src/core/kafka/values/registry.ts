import * as l10n from '@vscode/l10n';
import type tls from 'node:tls';
import type { ClusterProfile, ClusterSecrets, RegistrySettings } from '../profile.ts';
import { explainCertificate } from '../transport/explain.ts';
import { codeOf, messageOf } from '../transport/kafkaError.ts';
import { tlsOptions } from '../transport/tlsOptions.ts';
import { httpGet, type HttpAnswer } from './httpGet.ts';

/** `url`: base address; the Confluent API lies right below it (`…/apis/ccompat/v7` for Apicurio). */
export interface RegistryOptions extends RegistrySettings {
  password?: string;
  keyPassphrase?: string;
}

/** A cluster's registry, as its profile and secrets say. */
export function registryOf(profile: ClusterProfile, secrets: ClusterSecrets): RegistryOptions | undefined {
  const { registry } = profile;
  if (registry === undefined) return undefined;
  const { registryPassword: password, registryKeyPassphrase: keyPassphrase } = secrets;
  return {
    ...registry,
    ...(password !== undefined && { password }),
    ...(keyPassphrase !== undefined && { keyPassphrase }),
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

/** ms */
const TIMEOUT = 10_000;
/** A schema may name others that name others: so deep and no deeper. */
const REFERENCE_DEPTH = 16;

/** The registry answers, and has no such thing. */
export class NotRegistered extends Error {
  override readonly name = 'NotRegistered';
}

/** Schemas from a Confluent-compatible registry: only `schemas/ids`, `subjects` and their versions, which all of them have. */
export class SchemaRegistry {
  private readonly options: RegistryOptions;
  private tls: Promise<tls.ConnectionOptions> | undefined;
  private readonly schemas = new Map<number, Promise<RegisteredSchema>>();

  constructor(options: RegistryOptions) {
    this.options = options;
  }

  /** Asked once per id; a failure is asked again next time. Throws a sentence. */
  schema(id: number): Promise<RegisteredSchema> {
    let schema = this.schemas.get(id);
    if (!schema) {
      schema = this.load(id);
      this.schemas.set(id, schema);
      schema.catch(() => this.schemas.delete(id));
    }
    return schema;
  }

  /** The names under which schemas are registered, sorted. Throws a sentence. */
  async subjects(): Promise<string[]> {
    const answer = await this.get('subjects', l10n.t('list of subjects'));
    if (!Array.isArray(answer)) throw this.strange();
    return answer.filter((name) => typeof name === 'string').sort();
  }

  /** The newest schema of a subject, as it is now. Throws a sentence. */
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
    const answer = await this.get(path, what);
    if (typeof answer !== 'object' || answer === null || !('schema' in answer) || typeof answer.schema !== 'string')
      throw this.strange();
    return answer as SchemaAnswer;
  }

  /** Read once: a renewed certificate counts from the next connection on. */
  private certificates(): Promise<tls.ConnectionOptions> {
    const { url, tls: files = {}, keyPassphrase } = this.options;
    if (!/^https:/i.test(url)) return Promise.resolve({});
    this.tls ??= tlsOptions(files, keyPassphrase === undefined ? {} : { keyPassphrase });
    return this.tls;
  }

  private strange(): Error {
    return new Error(l10n.t('{0} does not answer like a schema registry.', this.options.url));
  }

  private async get(path: string, what: string): Promise<unknown> {
    const { url, username, password } = this.options;
    const headers: Record<string, string> = { accept: 'application/vnd.schemaregistry.v1+json, application/json' };
    if (username !== undefined)
      headers.authorization = `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}`;
    let response: HttpAnswer;
    try {
      const address = new URL(`${url.replace(/\/+$/, '')}/${path}`);
      response = await httpGet(address, headers, await this.certificates(), TIMEOUT);
    } catch (error) {
      const reason = explainCertificate(new URL(url).host, codeOf(error), messageOf(error)) ?? messageOf(error);
      throw new Error(l10n.t('The schema registry {0} cannot be reached: {1}', url, reason), { cause: error });
    }
    if (response.status === 404) throw new NotRegistered(l10n.t('The schema registry has no {0}.', what));
    if (response.status === 401 || response.status === 403)
      throw new Error(l10n.t('The schema registry {0} refuses this user: check its user name and password.', url));
    if (response.status < 200 || response.status > 299)
      throw new Error(l10n.t('The schema registry {0} answers with status {1}.', url, response.status));
    try {
      return JSON.parse(response.body);
    } catch (error) {
      throw new Error(this.strange().message, { cause: error });
    }
  }
}
