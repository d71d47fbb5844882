import * as l10n from '@vscode/l10n';
import type { RedriveEvents, RedriveRequests } from '../../../shared/redrivePage.ts';
import { createGate } from '../../kafka/changes/gate.ts';
import type { ClusterClient } from '../../kafka/clusterClient.ts';
import type { ClusterProfile } from '../../kafka/profile.ts';
import type { ValueDecoder } from '../../kafka/values/valueDecoder.ts';
import type { Handlers } from '../rpcServer.ts';
import { committedOffsets } from '../committedOffsets.ts';
import { planRedrive } from './plan.ts';
import { redrive } from './redrive.ts';

export interface RedriveHost {
  client: ClusterClient;
  decoder: ValueDecoder;
  profile: ClusterProfile;
  topic: string;
  emit: <Name extends keyof RedriveEvents>(name: Name, payload: RedriveEvents[Name]) => void;
}

/** The redrive requests of a worker. The gate stands here; whom it asks sits at the other end of the port. */
export function serveRedrive(
  opened: () => RedriveHost,
): Handlers<{ requests: RedriveRequests; events: RedriveEvents }> {
  let answer: ((agreed: boolean) => void) | undefined;
  return {
    planRedrive({ source, target, placement }, signal) {
      const { client, decoder, topic, emit } = opened();
      const onScanned = (scanned: number) => emit('redriveCounted', { scanned });
      const committed = committedOffsets(client);
      return planRedrive(client, { topic, decoder, source, target, placement, committed, onScanned }, signal);
    },
    async redrive({ job, total, checkpoint }, signal) {
      const { client, decoder, profile, topic, emit } = opened();
      const gate = createGate(
        profile,
        (preview, typedName) =>
          new Promise((resolve) => {
            answer = resolve;
            signal.addEventListener('abort', () => resolve(false), { once: true });
            emit('confirm', { preview, typedName });
          }),
      );
      const onProgress = (state: RedriveEvents['redriven']) => emit('redriven', state);
      return redrive(
        client,
        job,
        { topic, decoder, cluster: profile.name, total, checkpoint, onProgress },
        gate,
        signal,
      );
    },
    confirmed({ agreed }) {
      if (!answer) throw new Error(l10n.t('Nothing was asked.'));
      answer(agreed);
      answer = undefined;
      return null;
    },
  };
}
