import avro from 'avsc';
import protobuf from 'protobufjs';
import type { RegisteredSchema } from './registry.ts';

/** Payload bytes (behind the wire format's id) to JSON text. Throws when they are not what the schema says. */
export type PayloadDecoder = (payload: Buffer) => string;

/** Builds the decoder of a schema. Throws when the schema itself is not well formed. */
export function decoderOf(schema: RegisteredSchema): PayloadDecoder {
  switch (schema.type) {
    case 'AVRO':
      return avroDecoder(schema);
    case 'PROTOBUF':
      return protobufDecoder(schema);
    case 'JSON':
      return (payload) => {
        const text = payload.toString('utf8');
        JSON.parse(text);
        return text;
      };
  }
}

/** long as BigInt: Avro's 64 bits are more than a double holds. */
const longType = avro.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(value);
    return bytes;
  },
  fromJSON: (value: number) => BigInt(value),
  toJSON: (value: bigint) => Number(value),
  isValid: (value: unknown) => typeof value === 'bigint',
  compare: (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0),
});

function avroDecoder({ schema, references }: RegisteredSchema): PayloadDecoder {
  const registry: Record<string, avro.Type> = { long: longType };
  const options = { registry, wrapUnions: false };
  for (const reference of references) avro.Type.forSchema(JSON.parse(reference.schema) as avro.Schema, options);
  const type = avro.Type.forSchema(JSON.parse(schema) as avro.Schema, options);
  return (payload) => jsonText(type.fromBuffer(payload));
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

/** protobuf.js with the files a schema imports; 64-bit integers become text, as in Protobuf's own JSON. */
function protobufDecoder({ schema, references }: RegisteredSchema): PayloadDecoder {
  const root = new protobuf.Root();
  for (const reference of references) protobuf.parse(reference.schema, root, { keepCase: true });
  for (const [, file] of schema.matchAll(/^\s*import\s+(?:public\s+|weak\s+)?"(google\/protobuf\/[^"]+)"/gm)) {
    const known = protobuf.common.get(file!);
    if (known?.nested) root.addJSON(known.nested);
  }
  const parsed = protobuf.parse(schema, root, { keepCase: true });
  const place = parsed.package === undefined ? root : root.lookup(parsed.package);
  if (!(place instanceof protobuf.Namespace)) throw new Error(`no package ${parsed.package}`);
  // The order of the file counts, and protobuf.js keeps it.
  const own = messagesIn(schema, place);
  root.resolveAll();
  const decode = (payload: Buffer, indexes: readonly number[]): string => {
    let type = own[indexes[0] ?? 0];
    for (const index of indexes.slice(1)) type = type && nestedTypes(type)[index];
    if (!type) throw new Error(`no message ${indexes.join('.')}`);
    const message = type.decode(payload);
    return JSON.stringify(type.toObject(message, { longs: String, enums: String, bytes: String }));
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

const nestedTypes = (space: protobuf.NamespaceBase): protobuf.Type[] =>
  space.nestedArray.filter((item) => item instanceof protobuf.Type);

/** The file's own messages in order: its package may hold those of imported files too. */
function messagesIn(schema: string, place: protobuf.NamespaceBase): protobuf.Type[] {
  const alone = protobuf.parse(schema, new protobuf.Root(), { keepCase: true });
  const space = alone.package === undefined ? alone.root : alone.root.lookup(alone.package);
  if (!(space instanceof protobuf.Namespace)) return [];
  return nestedTypes(space).map((type) => place.lookupType(type.name));
}

/** A zig-zag count and so many zig-zag indexes; a single 0 stands for the first message. */
function messageIndexes(payload: Buffer): { indexes: number[]; length: number } | undefined {
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
