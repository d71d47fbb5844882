/** Which step failed. `advertised`: the cluster answered, but a broker's own address cannot be reached from here. */
export type KafkaErrorKind =
  | 'dns'
  | 'tcp'
  | 'tls'
  | 'sasl'
  | 'metadata'
  | 'advertised'
  | 'timeout'
  | 'closed'
  | 'cancelled'
  | 'unsupported-version'
  | 'malformed'
  | 'kafka';

/** A failure whose message is a sentence for a person: the cause and the next step. */
export class KafkaError extends Error {
  override readonly name = 'KafkaError';
  readonly kind: KafkaErrorKind;
  /** Kafka's error code (kind `kafka`), Node's or OpenSSL's code otherwise, where there is one. */
  readonly code: number | string | undefined;

  constructor(
    kind: KafkaErrorKind,
    message: string,
    options: { code?: number | string | undefined; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
    this.code = options.code;
  }
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The `code` of anything that was thrown: Node and OpenSSL put their names there. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
