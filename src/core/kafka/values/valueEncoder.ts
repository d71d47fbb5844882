import * as l10n from '@vscode/l10n';
import { base64Bytes } from './base64.ts';
import { type RegisteredSchema, type RegistryOptions, SchemaRegistry } from './registry.ts';

/** A key or value as a person writes it. */
export type TextToWrite =
  /** `json` is checked, and written as it was typed. */
  | { format: 'text' | 'json' | 'base64'; text: string }
  /** JSON, encoded with the newest schema of a subject and framed with its id. */
  | { format: 'schema'; text: string; subject: string };

export interface EncodedText {
  bytes: Buffer;
  /** With which schema; undefined: none. */
  schema?: Pick<RegisteredSchema, 'id' | 'type'>;
}

/** Turns what a person types into the bytes of a key or value. */
export class ValueEncoder {
  readonly #registry: SchemaRegistry | undefined;

  /** Without a registry no value can be written by a schema. */
  constructor(registry?: RegistryOptions) {
    this.#registry = registry ? new SchemaRegistry(registry) : undefined;
  }

  /** null: there is no registry. Throws a sentence when it does not answer. */
  async subjects(): Promise<string[] | null> {
    return (await this.#registry?.subjects()) ?? null;
  }

  /** Throws a sentence that says what is wrong with the text. */
  async encode(content: TextToWrite): Promise<EncodedText> {
    switch (content.format) {
      case 'text':
        return { bytes: Buffer.from(content.text) };
      case 'json':
        checkJson(content.text);
        return { bytes: Buffer.from(content.text) };
      case 'base64':
        return { bytes: base64(content.text) };
      case 'schema':
        checkJson(content.text);
        return this.#withSchema(content.subject, content.text);
    }
  }

  async #withSchema(subject: string, text: string): Promise<EncodedText> {
    if (!this.#registry) throw new Error(l10n.t('The connection names no schema registry.'));
    if (subject === '') throw new Error(l10n.t('Choose the subject whose newest schema encodes it.'));
    const schema = await this.#registry.latest(subject);
    const { encoderOf } = await import('./schemaFormats.late.ts');
    let payload: Buffer;
    try {
      payload = encoderOf(schema)(text);
    } catch (error) {
      throw new Error(
        l10n.t('It does not fit schema {0}, the newest of {1}: {2}', schema.id, subject, (error as Error).message),
        { cause: error },
      );
    }
    const header = Buffer.alloc(5);
    header.writeInt32BE(schema.id, 1);
    return { bytes: Buffer.concat([header, payload]), schema: { id: schema.id, type: schema.type } };
  }
}

function checkJson(text: string): void {
  if (text.trim() === '') throw new Error(l10n.t('There is nothing yet: write JSON, or tick null.'));
  try {
    JSON.parse(text);
  } catch (error) {
    throw new Error(l10n.t('This is not JSON: {0}', (error as Error).message), { cause: error });
  }
}

/** Blanks and line ends are allowed. */
function base64(text: string): Buffer {
  const bytes = base64Bytes(text.replaceAll(/\s+/g, ''));
  if (!bytes)
    throw new Error(l10n.t('This is not base64: groups of four letters, digits, "+" or "/", padded with "=".'));
  return bytes;
}
