import { expect, it } from 'vitest';
import { Workspace } from '../workspace.ts';
import { appPortOf, appProtocolOf, checksHealth } from './appSettings.ts';

const of = (text: string, id: string) => {
  const workspace = new Workspace();
  workspace.set('f.yaml', text);
  return appProtocolOf(workspace.apps, id);
};

it('reads the protocol of a run file: the own one, else the common one', () => {
  const run =
    'version: 1\ncommon:\n  appProtocol: grpc\napps:\n- appID: a\n- appID: b\n  appProtocol: h2c\n- appDirPath: ./c\n';
  expect(['a', 'b', 'c', 'd'].map((id) => of(run, id))).toEqual(['grpc', 'http', 'grpc', undefined]);
});

it('reads annotations beside the id', () => {
  const pod = (more: string) =>
    `kind: Deployment\nspec:\n  template:\n    metadata:\n      annotations:\n        dapr.io/enabled: "true"\n        dapr.io/app-id: a\n${more}`;
  expect(of(pod('        dapr.io/app-protocol: "grpcs"\n'), 'a')).toBe('grpc');
  expect(of(pod(''), 'a')).toBeUndefined();
});

it('reads arguments in lists and in lines', () => {
  const list = (args: string) => `services:\n  daprd:\n    command: ${args}\n`;
  expect(of(list('["./daprd", "--app-id", "a", "--app-protocol", "grpc"]'), 'a')).toBe('grpc');
  expect(of(list('["./daprd", "--app-id", "a", "--app-protocol=http"]'), 'a')).toBe('http');
  expect(of(list('./daprd --app-id a --app-protocol grpc'), 'a')).toBe('grpc');
  expect(of(list('["./daprd", "--app-id", "a"]'), 'a')).toBeUndefined();
});

it('knows what daprd waits for: the port of the app, and its health', () => {
  const waits = (text: string, id: string) => {
    const workspace = new Workspace();
    workspace.set('f.yaml', text);
    return [appPortOf(workspace.apps, id), checksHealth(workspace.apps, id)];
  };
  const run = 'version: 1\napps:\n- appID: a\n  appPort: 5001\n  enableAppHealthCheck: true\n- appID: b\n';
  expect([waits(run, 'a'), waits(run, 'b')]).toEqual([['5001', true], [undefined, false]]); // prettier-ignore
  const pod =
    'metadata:\n  annotations:\n    dapr.io/app-id: a\n    dapr.io/app-port: "80"\n    dapr.io/enable-app-health-check: "True"\n';
  expect(waits(pod, 'a')).toEqual(['80', true]);
  const list = (args: string) => `services:\n  daprd:\n    command: ${args}\n`;
  expect(waits(list('["daprd", "--app-id", "a", "--enable-app-health-check", "--app-port", "6"]'), 'a')).toEqual([
    '6',
    true,
  ]);
  expect(waits(list('daprd --app-id a --enable-app-health-check --app-port=6'), 'a')).toEqual(['6', true]);
  expect(waits(list('daprd --enable-app-health-check=false --app-id a'), 'a')).toEqual([undefined, false]);
});
