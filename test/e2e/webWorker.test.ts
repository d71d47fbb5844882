// The browser entry, in a web worker as on vscode.dev: no Node, no Kafka, but the whole help with component files.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EXTENSION_ID } from '../support/vscode/extensionId.ts';
import { repairComponent, STOPPING_COMPONENT } from './componentFile.ts';
import { keepEvidence } from './evidence.ts';
import { openWindow, type TestWindow } from './window.ts';

let window: TestWindow;

keepEvidence(() => window);
beforeAll(async () => {
  window = await openWindow(
    { 'components/pubsub.yaml': STOPPING_COMPONENT },
    { settings: { 'remote.extensionKind': { [EXTENSION_ID]: ['web'] }, 'extensions.webWorker': true } },
  );
});
afterAll(() => window?.close());

it('runs in the worker, not in the Node host', async () => {
  // The driver lives in the Node host and sees the extensions of its own host only.
  const inNodeHost = await window.driver.eval(
    (vscode, id) => vscode.extensions.getExtension(id) !== undefined,
    EXTENSION_ID,
  );
  expect(inNodeHost).toBe(false);
});

it('marks a component file and repairs it', async () => {
  await repairComponent(window);
});

it('leaves no error in the console', () => {
  expect(window.problems).toEqual([]);
});
