import * as l10n from '@vscode/l10n';
import { parentPort, workerData } from 'node:worker_threads';
import { createClusterClient } from '../kafka/clusterClient.ts';
import { logsInByToken, type ClusterProfile, type ClusterSecrets } from '../kafka/profile.ts';
import { prepareReading } from '../kafka/read/prepareReading.ts';
import { connectCluster } from '../kafka/transport/kafkaConnection.ts';
import { registryOf } from '../kafka/values/registry.ts';
import { ValueDecoder } from '../kafka/values/valueDecoder.ts';
import type { ScanWorkerContract } from '../../shared/messagesPage.ts';
import { committedOffsets } from './committedOffsets.ts';
import { HostTokens } from './hostTokens.ts';
import { serveRedrive, type RedriveHost } from './redrive/serveRedrive.ts';
import { serve } from './rpcServer.ts';
import { SpareConnection } from './spareConnection.ts';
import { TopicScan } from './topicScan.ts';

/**
 * The entry of the thread that reads for one messages page: sockets, decoding, filters and the rows live here. Profile and
 * secrets come with the first request, never by arguments or environment. Ending the thread ends everything at once.
 */
const port = parentPort;
const { texts } = (workerData ?? {}) as { texts?: Record<string, string> | null };
if (texts) l10n.config({ contents: texts });
if (port === null) throw new Error('This file runs as a worker thread.');
const tokens = new HostTokens((id) => port.postMessage({ type: 'event', name: 'tokenWanted', payload: { id } }));
let scan: TopicScan | undefined;
let redriving: RedriveHost | undefined;
const opened = (): TopicScan => {
  if (scan === undefined) throw nothingOpen();
  return scan;
};

const nothingOpen = (): Error => new Error(l10n.t('Nothing is open yet.'));

serve<ScanWorkerContract<ClusterProfile, ClusterSecrets>>(port, {
  async open({ profile, secrets, topic }, signal) {
    if (scan !== undefined) throw new Error(l10n.t('This reader is open already.'));
    const login = logsInByToken(profile) ? { resolveToken: tokens.get } : {};
    const connect = async () => {
      const connection = await connectCluster(profile, secrets, login);
      // A reading that begins meanwhile shares the sockets, and tells what is wrong with them.
      prepareReading(connection, topic, new AbortController().signal).catch(() => undefined);
      return connection;
    };
    const spare = new SpareConnection(connect);
    const client = createClusterClient(await connectCluster(profile, secrets, { signal, ...login }));
    const [[found], groups] = await Promise.all([client.topics([topic], { signal }), client.groups({ signal })]);
    if (found === undefined || found.error !== undefined)
      throw new Error(found?.error ?? l10n.t('The topic {0} does not exist.', topic));
    const decoder = new ValueDecoder(registryOf(profile, secrets));
    redriving = {
      client,
      decoder,
      profile,
      topic,
      emit: (name, payload) => port.postMessage({ type: 'event', name, payload }),
    };
    scan = new TopicScan({
      topic,
      connection: client.connection,
      connect: () => spare.take(),
      committed: committedOffsets(client),
      client,
      decoder,
      emit: (name, payload) => port.postMessage({ type: 'event', name, payload }),
    });
    return { partitions: found.partitions.map((p) => p.partition), groups: groups.groups.map((g) => g.group) };
  },
  token: (answer) => {
    tokens.answer(answer);
    return null;
  },
  useFiles: ({ files }) => opened().useFiles(files),
  start: (spec) => opened().start(spec),
  shape: (shape) => opened().shape(shape),
  pause: () => opened().pause(),
  resume: () => opened().resume(),
  stop: () => opened().stop(),
  rows: (params, signal) => opened().rows(params, signal),
  look: (params) => opened().look(params),
  positions: (params) => opened().positions(params),
  detail: (params, signal) => opened().detail(params, signal),
  bytes: (params, signal) => opened().bytes(params, signal),
  checkFilter: (params, signal) => opened().checkFilter(params, signal),
  resolve: (params, signal) => opened().resolve(params, signal),
  timeline: (params, signal) => opened().timeline(params, signal),
  groupPositions: (_, signal) => opened().groupPositions(signal),
  find: (params) => opened().find(params),
  failures: () => opened().failures(),
  export: (params, signal) => opened().export(params, signal),
  ...serveRedrive(() => {
    if (redriving === undefined) throw nothingOpen();
    return redriving;
  }),
});
