import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { until } from '../support/vscode/until.ts';
import type { TestWindow } from './window.ts';

/** A component with which daprd stops at its start: Dapr does not know the word `earliest`. */
export const STOPPING_COMPONENT = `apiVersion: dapr.io/v1alpha1
kind: Component
metadata:
  name: pubsub
spec:
  type: pubsub.kafka
  version: v1
  metadata:
    - name: brokers
      value: localhost:9092
    - name: authType
      value: none
    - name: initialOffset
      value: earliest
`;

/** Opens components/pubsub.yaml with that text, applies the preferred fix by the keyboard and saves. */
export async function repairComponent({ workbench, page, folder }: TestWindow): Promise<void> {
  await workbench.openFile('pubsub.yaml');
  await page.locator('.squiggly-error').first().waitFor();
  // The lens moves all lines down when it comes: first it, then the click, then the bulb that the click brings.
  await page.locator('.codelens-decoration').first().waitFor();
  await page.locator('.view-line').getByText('earliest').click();
  await page.locator('.codicon-lightbulb-autofix, [class*="gutter-lightbulb"]').first().waitFor();
  // The menu closes where the editor is drawn anew beneath it: it is asked for until the fix is chosen.
  const fix = page.locator('.action-widget .monaco-list-row', { hasText: 'Replace by oldest' });
  await until('the fix', async () => {
    await page.keyboard.press('ControlOrMeta+.');
    return fix.click({ timeout: 5_000 }).then(
      () => true,
      () => false,
    );
  });
  await page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
  await page.keyboard.press('ControlOrMeta+S');
  const file = path.join(folder, 'components/pubsub.yaml');
  const repaired = STOPPING_COMPONENT.replace('earliest', 'oldest');
  await until('the repaired file', async () => (await readFile(file, 'utf8')) === repaired);
}
