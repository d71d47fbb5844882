import * as l10n from '@vscode/l10n';
import { isJson } from './json.ts';
import { type RegistryOptions, SchemaRegistry } from './registry.ts';
import type { PayloadDecoder } from './schemaFormats.late.ts';
import { looksLikeText, utf8 } from './text.ts';

/** What bytes turned out to be. */
export interface DecodedValue {
  format: 'json' | 'text' | 'binary' | 'avro' | 'protobuf' | 'jsonschema';
  /** JSON text for the schema formats; undefined for binary. */
  text: string | undefined;
  schemaId?: number;
  /** Why bytes in the registry's wire format are not decoded. */
  error?: string;
}

const FORMATS = { AVRO: 'avro', PROTOBUF: 'protobuf', JSON: 'jsonschema' } as const;
/** Byte 0 and a four-byte schema id. */
const WIRE_HEADER = 5;

/** Finds out what bytes are: JSON, text, one of a registry's formats, or none of them. */
export class ValueDecoder {
  private readonly registry: SchemaRegistry | undefined;
  private readonly decoders = new Map<number, PayloadDecoder>();

  /** Without a registry only JSON, text and binary are told apart. */
  constructor(registry?: RegistryOptions) {
    this.registry = registry ? new SchemaRegistry(registry) : undefined;
  }

  /** Do the bytes name a schema that the registry has to be asked for? */
  needsSchema(bytes: Buffer): boolean {
    return this.registry !== undefined && bytes.length >= WIRE_HEADER && bytes[0] === 0;
  }

  /** Plain where nothing has to be asked. Never throws: a failure is in the answer. */
  decode(bytes: Buffer): DecodedValue | Promise<DecodedValue> {
    if (this.registry && this.needsSchema(bytes)) return this.fromRegistry(this.registry, bytes);
    return plain(bytes);
  }

  private async fromRegistry(registry: SchemaRegistry, bytes: Buffer): Promise<DecodedValue> {
    const schemaId = bytes.readInt32BE(1);
    try {
      const schema = await registry.schema(schemaId);
      let decoder = this.decoders.get(schemaId);
      if (!decoder) {
        const { decoderOf } = await import('./schemaFormats.late.ts');
        decoder = decoderOf(schema);
        this.decoders.set(schemaId, decoder);
      }
      return { format: FORMATS[schema.type], text: decoder(bytes.subarray(WIRE_HEADER)), schemaId };
    } catch (error) {
      const reason = l10n.t('not decoded with schema {0}: {1}', schemaId, (error as Error).message);
      return { ...plain(bytes), schemaId, error: reason };
    }
  }
}

function plain(bytes: Buffer): DecodedValue {
  const text = utf8(bytes);
  if (text === undefined || !looksLikeText(bytes)) return { format: 'binary', text: undefined };
  return { format: isJson(text) ? 'json' : 'text', text };
}
