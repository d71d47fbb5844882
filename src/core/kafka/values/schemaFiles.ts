import * as l10n from '@vscode/l10n';
import type protobuf from 'protobufjs';
import type { FileFormat, SchemaFile, SchemaFileChoices } from '../../../shared/messagesPage.ts';
import { avroDecoder, messageIndexes, protobufText, type PayloadDecoder } from './payloadDecoders.ts';
import { nestedTypes, protobufMessages } from './protobufSchema.ts';
import type { RegisteredSchema } from './registry.ts';

/** What a format of a file decodes with. */
export interface FileSchema {
  format: 'avro' | 'protobuf';
  decode: PayloadDecoder;
}

/** Byte 0 and a four-byte schema id, which a serializer with a registry puts before the payload. */
const WIRE_HEADER = 5;

/**
 * The messages and records of a workspace's `.proto` and `.avsc` files. A file that is not well formed is told in a
 * sentence and takes no other with it.
 */
export function readSchemaFiles(files: readonly SchemaFile[]): {
  known: Map<FileFormat, FileSchema>;
  choices: SchemaFileChoices;
} {
  const known = new Map<FileFormat, FileSchema>();
  const problems: string[] = [];
  for (const file of files) {
    try {
      const schemas = file.path.endsWith('.avsc') ? avroOf(file, files) : protobufOf(file, files);
      for (const [name, schema] of schemas) known.set(`file:${file.path}#${name}`, schema);
    } catch (error) {
      problems.push(l10n.t('{0} cannot be used: {1}', file.path, (error as Error).message));
    }
  }
  const formats = [...known.keys()].sort((a, b) => (a < b ? -1 : 1));
  return { known, choices: { formats, problems } };
}

/** Every message of the file, nested ones too, by its full name. */
function protobufOf(file: SchemaFile, files: readonly SchemaFile[]): [string, FileSchema][] {
  const own = protobufMessages(schemaOf(file, importsOf(file, files), 'PROTOBUF'));
  const all = (types: readonly protobuf.Type[]): protobuf.Type[] =>
    types.flatMap((type) => [type, ...all(nestedTypes(type))]);
  return all(own).map((type) => {
    const decode: PayloadDecoder = (payload) => {
      // No field has the number 0: this is the header of a serializer that asks a registry.
      if (payload[0] !== 0) return protobufText(type, payload);
      const rest = payload.subarray(WIRE_HEADER);
      return protobufText(type, rest.subarray(messageIndexes(rest)?.length ?? 0));
    };
    return [type.fullName.slice(1), { format: 'protobuf', decode }];
  });
}

/** The files that it imports, theirs before them. They are named from any folder above them. */
function importsOf({ text }: SchemaFile, files: readonly SchemaFile[], seen = new Set<SchemaFile>()): SchemaFile[] {
  return [...text.matchAll(/^\s*import\s+(?:public\s+|weak\s+)?"([^"]+)"/gm)].flatMap(([, name]) => {
    const found = files.find(({ path }) => path === name || path.endsWith(`/${name}`));
    if (found === undefined || seen.has(found)) return [];
    seen.add(found);
    return [...importsOf(found, files, seen), found];
  });
}

/** The file's own record, with those of other files that it names. */
function avroOf(file: SchemaFile, files: readonly SchemaFile[]): [string, FileSchema][] {
  const raw = avroDecoder(schemaOf(file, namedBy(file, files, new Set([file])), 'AVRO'));
  const decode: PayloadDecoder = (payload) => {
    try {
      return raw.decode(payload);
    } catch (error) {
      // The header of a serializer that asks a registry.
      if (payload[0] !== 0 || payload.length < WIRE_HEADER) throw error;
      return raw.decode(payload.subarray(WIRE_HEADER));
    }
  };
  return [[raw.name, { format: 'avro', decode }]];
}

function namedBy(file: SchemaFile, files: readonly SchemaFile[], seen: Set<SchemaFile>): SchemaFile[] {
  return files.flatMap((other) => {
    if (!other.path.endsWith('.avsc') || seen.has(other)) return [];
    const name = avroName(other);
    const isNamed = name !== undefined && [name, name.split('.').at(-1)].some((n) => file.text.includes(`"${n}"`));
    if (!isNamed) return [];
    seen.add(other);
    return [...namedBy(other, files, seen), other];
  });
}

function avroName({ text }: SchemaFile): string | undefined {
  try {
    const { name, namespace } = JSON.parse(text) as { name?: unknown; namespace?: unknown };
    if (typeof name !== 'string') return undefined;
    return typeof namespace === 'string' && !name.includes('.') ? `${namespace}.${name}` : name;
  } catch {
    // It is told of itself when its turn comes.
    return undefined;
  }
}

const schemaOf = (file: SchemaFile, others: readonly SchemaFile[], type: 'AVRO' | 'PROTOBUF'): RegisteredSchema => ({
  id: 0,
  type,
  schema: file.text,
  references: others.map(({ path, text }) => ({ name: path, schema: text })),
});
