import type { ClusterClient } from '../../core/kafka/clusterClient.ts';
import type { KafkaErrorKind } from '../../core/kafka/transport/kafkaError.ts';

/** What a question that somebody asked a cluster tells of the way there. */
export type Heard = 'answer' | 'silence';

/** Failures that no broker has sent. */
const SILENT: ReadonlySet<KafkaErrorKind> = new Set(['dns', 'tcp', 'closed', 'timeout', 'advertised']);

/** All that is asked; `describe` is left out: it is asked to learn whether what was heard is so. */
const QUESTIONS = [
  'controller',
  'topics',
  'offsets',
  'timePoints',
  'groups',
  'describeGroups',
  'groupsOfTopic',
  'topicSettings',
  'brokerSettings',
  'topicSizes',
  'logDirectories',
] as const satisfies readonly (keyof ClusterClient)[];

/** The same client, of which somebody hears how each question ends, whoever asks it. A refusal is an answer. */
export function overheard(client: ClusterClient, hear: (heard: Heard) => void): ClusterClient {
  const questions = QUESTIONS.map((name) => {
    const ask = (...given: never[]) => (client[name] as (...given: never[]) => Promise<unknown>)(...given);
    const listened = async (...given: never[]) => {
      try {
        const answer = await ask(...given);
        hear('answer');
        return answer;
      } catch (error) {
        const kind = kindOf(error);
        if (kind !== undefined && SILENT.has(kind)) hear('silence');
        throw error;
      }
    };
    return [name, listened] as const;
  });
  return { ...client, ...(Object.fromEntries(questions) as Pick<ClusterClient, (typeof QUESTIONS)[number]>) };
}

/** Of a KafkaError, without its class: that of the engine is not loaded where the tree is. */
export const kindOf = (error: unknown): KafkaErrorKind | undefined =>
  error instanceof Error && 'kind' in error ? (error.kind as KafkaErrorKind) : undefined;
