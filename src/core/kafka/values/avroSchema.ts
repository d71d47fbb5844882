import avro from 'avsc';
import type { RegisteredSchema } from './registry.ts';

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
  isValid: (value: unknown) => typeof value === 'bigint' && BigInt.asIntN(64, value) === value,
  compare: (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0),
});

/**
 * The type of a schema, the ones it references included. A value of a union is written with its branch's name only where
 * its kind does not tell the branch (two records). Throws when a schema is not well formed.
 */
export function avroType({ schema, references }: RegisteredSchema): avro.Type {
  const registry: Record<string, avro.Type> = { long: longType };
  const options = { registry, wrapUnions: 'auto' as const };
  for (const reference of references) avro.Type.forSchema(JSON.parse(reference.schema) as avro.Schema, options);
  return avro.Type.forSchema(JSON.parse(schema) as avro.Schema, options);
}
