import { keyOf, valueOf, type RecordSpan } from '../kafka/records/record.ts';
import { parseLossless, textAt } from '../kafka/values/json.ts';
import type { DecodedValue, ValueDecoder } from '../kafka/values/valueDecoder.ts';
import type { Formats, RowShape } from '../../shared/messagesPage.ts';

/** Larger values have no columns from their JSON: each would be parsed again for every row in view. Bytes. */
const LARGEST_JSON = 1 << 20;

export const AUTO: Formats = { key: 'auto', value: 'auto' };

export interface DecodedRecord {
  /** null: null in Kafka. */
  key: DecodedValue | null;
  value: DecodedValue | null;
}

/** Reads key and value of a topic's records in the formats that were chosen for it. */
export class ShownRecords {
  private readonly decoder: ValueDecoder;
  private readonly shape: RowShape;

  constructor(decoder: ValueDecoder, shape: RowShape = { ...AUTO, paths: [] }) {
    this.decoder = decoder;
    this.shape = shape;
  }

  /** Are texts what the bytes say as UTF-8, for every record? */
  get plain(): boolean {
    return this.shape.key === 'auto' && this.shape.value === 'auto' && !this.decoder.asksRegistry;
  }

  /** Plain when no schema has to be asked for. */
  decode(record: RecordSpan): DecodedRecord | Promise<DecodedRecord> {
    const key = this.part(record, 'key');
    const value = this.part(record, 'value');
    if (!(key instanceof Promise) && !(value instanceof Promise)) return { key, value };
    return Promise.all([key, value]).then(([k, v]) => ({ key: k, value: v }));
  }

  /**
   * Text of key or value for a filter: of bytes that are not text, their UTF-8 reading. Throws the reason when the bytes
   * are not what their format says. A schema must have been loaded by {@link decode} before.
   */
  text(record: RecordSpan, part: 'key' | 'value'): string | null {
    const bytes = part === 'key' ? keyOf(record) : valueOf(record);
    if (bytes === null) return null;
    const decoded = this.decoder.decode(bytes, this.shape[part]);
    if (decoded instanceof Promise) return bytes.toString('utf8');
    if (decoded.error !== undefined) throw new Error(decoded.error);
    return decoded.text ?? bytes.toString('utf8');
  }

  /** One entry per path of the shape. */
  cells(record: DecodedRecord): (string | null)[] {
    const documents = { key: undefined as unknown, value: undefined as unknown };
    for (const part of new Set(this.shape.paths.map((path) => path.part))) {
      const text = record[part]?.text;
      if (text !== undefined && text.length <= LARGEST_JSON) documents[part] = parseLossless(text);
    }
    return this.shape.paths.map(({ part, pointer }) =>
      documents[part] === undefined ? null : textAt(documents[part], pointer),
    );
  }

  private part(record: RecordSpan, part: 'key' | 'value'): DecodedValue | null | Promise<DecodedValue> {
    const bytes = part === 'key' ? keyOf(record) : valueOf(record);
    return bytes === null ? null : this.decoder.decode(bytes, this.shape[part]);
  }
}
