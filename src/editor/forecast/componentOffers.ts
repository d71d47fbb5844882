import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { brokersOf } from '../../core/dapr/delivery/readers.ts';
import type { Component } from '../../core/dapr/resources/component.ts';
import type { ClusterProfile } from '../../core/kafka/profile.ts';

export interface OfferedClusters {
  /** The first topic that is read, on the broker. */
  topic: string | undefined;
  connected: ClusterProfile | undefined;
  /** What the brokers mean, connected or not. */
  saved: ClusterProfile | undefined;
}

/** What may be done about a component of a file: its forecast, its messages or a connection where there is none, and a wish. */
export function componentOffers(
  component: Component,
  file: vscode.Uri,
  { topic, connected, saved }: OfferedClusters,
): vscode.Command[] {
  // An output binding reads nothing.
  if (component.type === 'bindings.kafka' && topic === undefined) return [];
  const forecast = {
    title: l10n.t('Forecast'),
    tooltip: l10n.t('What it would receive and miss on a live cluster if it started now'),
    command: 'kafkaDapr.openForecast',
    arguments: [{ component: component.name }],
  };
  const wish = {
    title: l10n.t('I want to…'),
    tooltip: l10n.t('What you want it to receive, and the ways to get there'),
    command: 'kafkaDapr.openForecast',
    arguments: [{ component: component.name, wish: 'ask' }],
  };
  return [forecast, ...(connected ? browse(connected, topic) : connect(component, file, saved)), wish];
}

function browse({ id }: ClusterProfile, topic: string | undefined): vscode.Command[] {
  if (topic === undefined) return [];
  return [
    {
      title: l10n.t('Browse from earliest'),
      tooltip: l10n.t('Read {0} from its first message, without a group', topic),
      command: 'kafkaDapr.tailMessages',
      arguments: [{ clusterId: id, topic, start: { kind: 'earliest' } }],
    },
  ];
}

/** Files never connect: a person does, to a saved cluster or with what the file says. */
function connect(component: Component, file: vscode.Uri, saved: ClusterProfile | undefined): vscode.Command[] {
  const brokers = brokersOf(component) ?? [];
  if (saved)
    return [
      {
        title: l10n.t('Connect to {0}', saved.name),
        tooltip: l10n.t('Then the figures of this cluster stand here'),
        command: 'kafkaDapr.refresh',
        arguments: [{ clusterId: saved.id }],
      },
    ];
  if (brokers.length === 0) return [];
  return [
    {
      // A line of lenses that is long is cut off by the editor.
      title: l10n.t('Connect to {0}', `${brokers[0]}${brokers.length > 1 ? ', …' : ''}`),
      tooltip: l10n.t('No saved cluster has these brokers: save one with the brokers and the login of this file'),
      command: 'kafkaDapr.connectComponent',
      arguments: [file, component.name],
    },
  ];
}
