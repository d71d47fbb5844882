import * as l10n from '@vscode/l10n';
import { isLosslessNumber, parse } from 'lossless-json';
import { avroValue } from './avroJson.ts';
import { avroType } from './avroSchema.ts';
import { protobufMessages } from './protobufSchema.ts';
import type { RegisteredSchema } from './registry.ts';

/** JSON text to payload bytes (behind the wire format's id). Throws a sentence when it does not fit the schema. */
export type PayloadEncoder = (text: string) => Buffer;

/** Builds the encoder of a schema: the inverse of its decoder. Throws when the schema itself is not well formed. */
export function encoderOf(schema: RegisteredSchema): PayloadEncoder {
  switch (schema.type) {
    case 'AVRO':
      return avroEncoder(schema);
    case 'PROTOBUF':
      return protobufEncoder(schema);
    case 'JSON':
      // Only JSON is made sure of: the rules of the schema are for the reader to check.
      return (text) => {
        JSON.parse(text);
        return Buffer.from(text);
      };
  }
}

function avroEncoder(schema: RegisteredSchema): PayloadEncoder {
  const type = avroType(schema);
  return (text) => type.toBuffer(avroValue(type, parse(text)));
}

/** The first message of the file: Confluent's serializers write its place as a single 0. */
function protobufEncoder(schema: RegisteredSchema): PayloadEncoder {
  const [type] = protobufMessages(schema);
  if (!type) throw new Error(l10n.t('The schema has no message.'));
  return (text) => {
    const value = plain(parse(text));
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new Error(l10n.t('A Protobuf message is written as a JSON object.'));
    refuseUnknown(type, value as Record<string, unknown>, '');
    return Buffer.concat([Buffer.from([0]), type.encode(type.fromObject(value)).finish()]);
  };
}

type MessageType = ReturnType<typeof protobufMessages>[number];

/** protobuf.js skips fields it does not know: a typing error would be a field that silently is not there. */
function refuseUnknown(type: MessageType, value: Record<string, unknown>, path: string): void {
  for (const [name, item] of Object.entries(value)) {
    const field = type.fields[name];
    const place = `${path}${name}`;
    if (!field) throw new Error(l10n.t('{0} has no field {1}.', type.name, place));
    const inner = field.resolvedType;
    if (inner === null || !('fields' in inner)) continue;
    const items = Array.isArray(item) ? item : field.map ? Object.values(item as object) : [item];
    for (const one of items)
      if (typeof one === 'object' && one !== null) refuseUnknown(inner, one as Record<string, unknown>, `${place}.`);
  }
}

/** Numbers that a double holds become numbers; longer ones stay text, which protobuf.js reads exactly. */
function plain(value: unknown): unknown {
  if (isLosslessNumber(value)) {
    const text = value.toString();
    return /^-?\d{16,}$/.test(text) ? text : Number(text);
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  return value;
}
