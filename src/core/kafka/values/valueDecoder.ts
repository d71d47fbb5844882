import * as l10n from '@vscode/l10n';
import type {
  DecodedText,
  FileFormat,
  SchemaFile,
  SchemaFileChoices,
  ValueFormat,
} from '../../../shared/messagesPage.ts';
import { isJson } from './json.ts';
import { readAs } from './plainFormats.ts';
import { NotRegistered, type RegistryOptions, SchemaRegistry } from './registry.ts';
import type { FileSchema, PayloadDecoder } from './schemaFormats.late.ts';

/** What bytes turned out to be. */
export interface DecodedValue {
  format: DecodedText['format'];
  /** JSON text for the schema formats; undefined for binary. */
  text: string | undefined;
  schemaId?: number;
  /** Path in the workspace. */
  schemaFile?: string;
  schemaName?: string;
  /** Why bytes are not what their format or schema says. */
  error?: string;
}

const FORMATS = { AVRO: 'avro', PROTOBUF: 'protobuf', JSON: 'jsonschema' } as const;
/** Byte 0 and a four-byte schema id. */
const WIRE_HEADER = 5;

/** Finds out what bytes are: JSON, text, one of a registry's formats, or none of them. */
export class ValueDecoder {
  private readonly registry: SchemaRegistry | undefined;
  private readonly decoders = new Map<number, KnownSchema>();
  /** Ids that the registry does not have, with its sentence. */
  private readonly missing = new Map<number, NotRegistered>();
  private files: ReadonlyMap<FileFormat, FileSchema> = new Map();

  /** Without a registry only JSON, text and binary are told apart. */
  constructor(registry?: RegistryOptions) {
    this.registry = registry ? new SchemaRegistry(registry) : undefined;
  }

  /** Might a registry say what bytes are? */
  get asksRegistry(): boolean {
    return this.registry !== undefined;
  }

  /** Do the bytes name a schema of the registry? */
  needsSchema(bytes: Buffer): boolean {
    return this.registry !== undefined && bytes.length >= WIRE_HEADER && bytes[0] === 0;
  }

  /** From now on these files are the ones that formats of files mean. */
  async useFiles(files: readonly SchemaFile[]): Promise<SchemaFileChoices> {
    const { readSchemaFiles } = await import('./schemaFormats.late.ts');
    const { known, choices } = readSchemaFiles(files);
    this.files = known;
    return choices;
  }

  /** Plain where nothing has to be asked, or asked again. Never throws: a failure is in the answer. */
  decode(bytes: Buffer, format: ValueFormat = 'auto'): DecodedValue | Promise<DecodedValue> {
    if (isFileFormat(format)) return this.fromFile(bytes, format);
    if (format !== 'auto') return readAs(bytes, format);
    if (!this.registry || !this.needsSchema(bytes)) return plain(bytes);
    const id = bytes.readInt32BE(1);
    const known = this.decoders.get(id);
    if (known) return decodedWith(known, bytes);
    const missing = this.missing.get(id);
    return missing ? undecoded(bytes, missing) : this.fromRegistry(this.registry, bytes);
  }

  private fromFile(bytes: Buffer, format: FileFormat): DecodedValue {
    const known = this.files.get(format);
    const [path = '', name = ''] = format.slice('file:'.length).split('#');
    if (known === undefined) {
      const error = l10n.t('The workspace has no {0} in {1} any more: choose another format.', name, path);
      return { ...plain(bytes), error };
    }
    const schema = { schemaFile: path, schemaName: name };
    try {
      const { text } = known.decode(bytes);
      return { format: known.format, text, ...schema };
    } catch (error) {
      return { ...plain(bytes), ...schema, error: l10n.t('not a {0}: {1}', name, (error as Error).message) };
    }
  }

  private async fromRegistry(registry: SchemaRegistry, bytes: Buffer): Promise<DecodedValue> {
    const schemaId = bytes.readInt32BE(1);
    try {
      const schema = await registry.schema(schemaId);
      const { decoderOf } = await import('./schemaFormats.late.ts');
      const known = { format: FORMATS[schema.type], decode: decoderOf(schema) };
      this.decoders.set(schemaId, known);
      return decodedWith(known, bytes);
    } catch (error) {
      if (error instanceof NotRegistered) this.missing.set(schemaId, error);
      return undecoded(bytes, error);
    }
  }
}

const isFileFormat = (format: ValueFormat): format is FileFormat => format.startsWith('file:');

interface KnownSchema {
  format: (typeof FORMATS)[keyof typeof FORMATS];
  decode: PayloadDecoder;
}

function decodedWith({ format, decode }: KnownSchema, bytes: Buffer): DecodedValue {
  try {
    const { text, name } = decode(bytes.subarray(WIRE_HEADER));
    return { format, text, schemaId: bytes.readInt32BE(1), ...(name === undefined ? {} : { schemaName: name }) };
  } catch (error) {
    return undecoded(bytes, error);
  }
}

function undecoded(bytes: Buffer, error: unknown): DecodedValue {
  // A long of Java's serializer begins with a 0 as well, and is no value of the registry.
  if (error instanceof NotRegistered && bytes.length === 8) return plain(bytes);
  const schemaId = bytes.readInt32BE(1);
  const reason = l10n.t('not decoded with schema {0}: {1}', schemaId, (error as Error).message);
  return { ...plain(bytes), schemaId, error: reason };
}

function plain(bytes: Buffer): DecodedValue {
  const { format, text } = readAs(bytes, 'text');
  return { format: text !== undefined && isJson(text) ? 'json' : format, text };
}
