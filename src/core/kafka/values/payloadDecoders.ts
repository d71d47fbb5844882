import type protobuf from 'protobufjs';
import { avroType } from './avroSchema.ts';
import { nestedTypes, protobufMessages } from './protobufSchema.ts';
import type { RegisteredSchema } from './registry.ts';

/**
 * Payload bytes (behind the wire format's id) to JSON text, with the name of the record or message they are. Throws when
 * they are not what the schema says.
 */
export type PayloadDecoder = (payload: Buffer) => { text: string; name?: string };

/** Builds the decoder of a schema. Throws when the schema itself is not well formed. */
export function decoderOf(schema: RegisteredSchema): PayloadDecoder {
  switch (schema.type) {
    case 'AVRO':
      return avroDecoder(schema).decode;
    case 'PROTOBUF':
      return protobufDecoder(schema);
    case 'JSON': {
      const own = JSON.parse(schema.schema) as { title?: unknown } | boolean;
      const name = typeof own === 'object' && typeof own.title === 'string' ? { name: own.title } : {};
      return (payload) => {
        const text = payload.toString('utf8');
        JSON.parse(text);
        return { text, ...name };
      };
    }
  }
}

/** The decoder of a schema, and the name that it gives itself. */
export function avroDecoder(schema: RegisteredSchema): { name: string; decode: PayloadDecoder } {
  const type = avroType(schema);
  const name = type.name ?? type.typeName;
  return { name, decode: (payload) => ({ text: jsonText(type.fromBuffer(payload)), name }) };
}

/** JSON with exact integers, and bytes as base64. */
function jsonText(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (Buffer.isBuffer(value)) return JSON.stringify(value.toString('base64'));
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(key)}:${jsonText(item)}`)
      .join(',')}}`;
  return JSON.stringify(value) ?? 'null';
}

/** One message as JSON; 64-bit integers become text, as in Protobuf's own JSON. Throws when the bytes are none. */
export function protobufText(type: protobuf.Type, payload: Buffer): { text: string; name: string } {
  const message = type.toObject(type.decode(payload), { longs: String, enums: String, bytes: String });
  return { text: JSON.stringify(message), name: type.fullName.slice(1) };
}

/** protobuf.js with the files a schema imports. */
function protobufDecoder(schema: RegisteredSchema): PayloadDecoder {
  const own = protobufMessages(schema);
  const decode = (payload: Buffer, indexes: readonly number[]): { text: string; name: string } => {
    let type = own[indexes[0] ?? 0];
    for (const index of indexes.slice(1)) type = type && nestedTypes(type)[index];
    if (!type) throw new Error(`no message ${indexes.join('.')}`);
    return protobufText(type, payload);
  };
  return (payload) => {
    // Confluent's serializers put a list of indexes before the message, others do not: see which reading works.
    const list = messageIndexes(payload);
    if (list !== undefined) {
      try {
        return decode(payload.subarray(list.length), list.indexes);
      } catch {
        return decode(payload, [0]);
      }
    }
    return decode(payload, [0]);
  };
}

/** A zig-zag count and so many zig-zag indexes; a single 0 stands for the first message. */
export function messageIndexes(payload: Buffer): { indexes: number[]; length: number } | undefined {
  let at = 0;
  const varint = (): number | undefined => {
    let result = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = payload[at++];
      if (byte === undefined) return undefined;
      result |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (result >>> 1) ^ -(result & 1);
    }
    return undefined;
  };
  const count = varint();
  if (count === 0) return { indexes: [0], length: at };
  if (count === undefined || count < 0 || count > 16) return undefined;
  const indexes: number[] = [];
  for (let i = 0; i < count; i++) {
    const index = varint();
    if (index === undefined || index < 0) return undefined;
    indexes.push(index);
  }
  return { indexes, length: at };
}
