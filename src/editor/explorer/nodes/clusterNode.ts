import * as l10n from '@vscode/l10n';
import type { Broker } from '../../../core/kafka/clusterClient.ts';
import type { ClusterProfile } from '../../../core/kafka/profile.ts';
import type { ClusterSession } from '../clusterSession.ts';
import { errorNode } from './errorNode.ts';
import { groupsNode } from './groupNodes.ts';
import { logDirectoriesNode } from './logNodes.ts';
import { formatCount, joined, type ExplorerNode, type NodeIcon } from './node.ts';
import { settingsNode } from './settingNodes.ts';
import { topicsNode, type TopicView } from './topicNodes.ts';
import { brokerCount } from '../../../shared/counts.ts';

/** A saved cluster. Expanding it connects. */
export function clusterNode(session: ClusterSession, view: TopicView): ExplorerNode {
  const { profile } = session;
  const { value, error } = session.description;
  const id = profile.id;
  const description = joined(
    modeText(profile),
    session.connecting
      ? l10n.t('connecting…')
      : (failureText(session) ??
          (value
            ? joined(value.version, brokerCount(value.brokers.length), protocolOf(profile))
            : session.resting
              ? l10n.t('disconnected')
              : undefined)),
    profile.tls?.skipVerify === true ? l10n.t('certificate not verified') : undefined,
  );
  return {
    id,
    context: contextOf(session),
    label: profile.name,
    description,
    spoken: joined(profile.name, description),
    tooltip: clusterTooltip(profile, session),
    icon: clusterIcon(profile, value !== undefined, error !== undefined),
    copy: profile.bootstrap.join(','),
    clusterId: id,
    children: async () => {
      if (session.resting) return [connectNode(id)];
      // Both before anything is drawn: a row that changes afterwards is asked for again with all that is below it.
      await Promise.all([session.description.ensureSoon(), session.controller.ensureSoon()]);
      const { value: known, error: failure } = session.description;
      if (session.connecting || (!known && failure === undefined)) return [connectingNode(profile)];
      if (!known) return [errorNode(id, id, failure ?? '', 'connectionError')];
      return [brokersNode(session), topicsNode(session, view), groupsNode(session, view.matches)];
    },
  };
}

/** Why there is no answer, and since when where there was one before. */
function failureText({ description: { value, error, failing } }: ClusterSession): string | undefined {
  if (error === undefined || !value || failing === undefined) return error;
  // Short in every language: the reason follows.
  const time = new Date(failing).toLocaleTimeString('en-GB');
  return joined(l10n.t('no answer since {0}', time), error);
}

function contextOf(session: ClusterSession): string {
  const { value, error } = session.description;
  if (session.connecting) return 'cluster connecting';
  if (error !== undefined) return 'cluster failed';
  return value ? 'cluster connected' : 'cluster idle';
}

/** In the place of what is not known yet, with a button that ends the attempt. */
function connectingNode({ id, bootstrap }: ClusterProfile): ExplorerNode {
  return {
    id: `${id}/connecting`,
    context: 'connecting',
    label: l10n.t('Waiting for {0}…', bootstrap.join(', ')),
    icon: { codicon: 'loading~spin' },
    clusterId: id,
  };
}

/** What an open cluster shows after the person has disconnected. */
function connectNode(clusterId: string): ExplorerNode {
  return {
    id: `${clusterId}/connect`,
    context: 'disconnected',
    label: l10n.t('Connect again'),
    icon: { codicon: 'plug' },
    command: { id: 'kafkaDapr.retry', title: l10n.t('Connect again') },
    clusterId,
  };
}

function modeText(profile: ClusterProfile): string | undefined {
  if (profile.mode === 'read-only') return l10n.t('read-only');
  return profile.mode === 'production' ? l10n.t('production') : undefined;
}

/** Kafka's own name of the security protocol. */
export function protocolOf(profile: ClusterProfile): string {
  if (profile.sasl) return profile.tls ? 'SASL_SSL' : 'SASL_PLAINTEXT';
  return profile.tls ? 'SSL' : 'PLAINTEXT';
}

function clusterIcon(profile: ClusterProfile, connected: boolean, failed: boolean): NodeIcon {
  if (failed) return { codicon: 'error', colour: 'list.errorForeground' };
  const colour = profile.colour ?? (connected ? 'charts.green' : undefined);
  const codicon =
    profile.mode === 'read-only'
      ? 'lock'
      : profile.mode === 'production'
        ? 'warning'
        : connected
          ? 'circle-filled'
          : 'circle-outline';
  return { codicon, ...(colour === undefined ? {} : { colour }) };
}

function clusterTooltip(profile: ClusterProfile, session: ClusterSession): string {
  const { value } = session.description;
  return [
    profile.name,
    failureText(session),
    l10n.t('Bootstrap: {0}', profile.bootstrap.join(', ')),
    l10n.t('Protocol: {0}', joined(protocolOf(profile), profile.sasl?.mechanism.toUpperCase())),
    value ? l10n.t('Kafka {0}', value.version) : undefined,
    value?.clusterId ? l10n.t('Cluster id: {0}', value.clusterId) : undefined,
    controllerText(session),
    profile.tls?.skipVerify === true
      ? l10n.t('Any certificate is accepted: somebody in between could read and change everything.')
      : undefined,
  ]
    .filter((line) => line !== undefined)
    .join('\n');
}

function controllerText(session: ClusterSession): string | undefined {
  const id = session.activeController;
  if (id === undefined) return undefined;
  const isBroker = session.description.value?.brokers.some((broker) => broker.id === id) === true;
  return isBroker ? l10n.t('Controller: broker {0}', id) : l10n.t('Controller: node {0}, which is not a broker', id);
}

function brokersNode(session: ClusterSession): ExplorerNode {
  const clusterId = session.profile.id;
  const id = `${clusterId}/brokers`;
  const brokers = session.description.value?.brokers ?? [];
  return {
    id,
    context: 'brokers',
    label: l10n.t('Brokers'),
    description: formatCount(brokers.length),
    icon: { codicon: 'server-environment' },
    clusterId,
    children: () => brokers.map((b) => brokerNode(session, id, b, session.activeController === b.id)),
  };
}

function brokerNode(session: ClusterSession, parentId: string, broker: Broker, controller: boolean): ExplorerNode {
  const clusterId = session.profile.id;
  const id = `${parentId}/broker/${broker.id}`;
  const address = `${broker.host}:${broker.port}`;
  const description = joined(
    address,
    broker.rack === null ? undefined : l10n.t('rack {0}', broker.rack),
    controller ? l10n.t('controller') : undefined,
  );
  return {
    id,
    context: 'broker',
    label: l10n.t('Broker {0}', broker.id),
    description,
    icon: { codicon: 'server' },
    copy: address,
    clusterId,
    broker: broker.id,
    children: () => [
      logDirectoriesNode(session, id, broker.id),
      settingsNode(session, id, session.settingsOfBroker(broker.id), { broker: broker.id }),
    ],
  };
}
