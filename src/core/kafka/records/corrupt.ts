/** Bytes that are not what Kafka's format says. The message is a sentence for the row that stands for them. */
export class CorruptData extends Error {
  override readonly name = 'CorruptData';
}
