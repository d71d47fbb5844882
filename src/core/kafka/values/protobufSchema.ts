import protobuf from 'protobufjs';
import type { RegisteredSchema } from './registry.ts';

/**
 * The messages of a schema's own file in its order, which counts: a message is named by its place. Files that it imports
 * are known. Throws when a file is not well formed.
 */
export function protobufMessages({ schema, references }: RegisteredSchema): protobuf.Type[] {
  const root = new protobuf.Root();
  for (const reference of references) protobuf.parse(reference.schema, root, { keepCase: true });
  for (const [, file] of schema.matchAll(/^\s*import\s+(?:public\s+|weak\s+)?"(google\/protobuf\/[^"]+)"/gm)) {
    const known = protobuf.common.get(file!);
    if (known?.nested) root.addJSON(known.nested);
  }
  const parsed = protobuf.parse(schema, root, { keepCase: true });
  const place = parsed.package === undefined ? root : root.lookup(parsed.package);
  if (!(place instanceof protobuf.Namespace)) throw new Error(`no package ${parsed.package}`);
  const own = messagesIn(schema, place);
  root.resolveAll();
  return own;
}

export const nestedTypes = (space: protobuf.NamespaceBase): protobuf.Type[] =>
  space.nestedArray.filter((item) => item instanceof protobuf.Type);

/** The file's own messages in order: its package may hold those of imported files too. */
function messagesIn(schema: string, place: protobuf.NamespaceBase): protobuf.Type[] {
  const alone = protobuf.parse(schema, new protobuf.Root(), { keepCase: true });
  const space = alone.package === undefined ? alone.root : alone.root.lookup(alone.package);
  if (!(space instanceof protobuf.Namespace)) return [];
  return nestedTypes(space).map((type) => place.lookupType(type.name));
}
