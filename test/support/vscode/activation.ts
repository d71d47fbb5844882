import type { Driver } from './driver.ts';
import { EXTENSION_ID } from './extensionId.ts';
import { until } from './until.ts';

/** Activates the extension and tells what VS Code itself measured: "load 20 ms + activate 5 ms (onView:…)". */
export async function measureActivation(driver: Driver): Promise<string> {
  await driver.eval(async (vscode, id) => {
    await vscode.extensions.getExtension(id)?.activate();
    await vscode.commands.executeCommand('perfview.show');
  }, EXTENSION_ID);
  const report = await until("VS Code's list of activated extensions", async () => {
    const text = await driver.eval((vscode) => vscode.window.activeTextEditor?.document.getText());
    return text?.includes('## Extension Activation Stats') ? text : undefined;
  });
  await driver.eval((vscode) => vscode.commands.executeCommand('workbench.action.closeActiveEditor'));
  // | Extension | Eager | Load Code | Call Activate | Finish Activate | Event | By |
  const row = report.split('\n').find((line) => line.startsWith(`| ${EXTENSION_ID} `));
  if (!row) throw new Error(`${EXTENSION_ID} is not in the list of activated extensions:\n${report}`);
  const [, , , load, call, finish, event] = row.split('|').map((cell) => cell.trim());
  const total = Number(load) + Number(call) + Number(finish);
  return `${total} ms (load ${load} + activate ${call} + finish ${finish}, ${event})`;
}
