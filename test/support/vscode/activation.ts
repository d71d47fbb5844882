import type { Driver } from './driver.ts';
import { DRIVER_ID, EXTENSION_ID } from './extensionId.ts';
import { until } from './until.ts';

/**
 * Activates the extension and tells what VS Code itself measured: "30 ms (load 24 + activate 5 + finish 1, onView:…)", and
 * beside it the same of the tests' driver, one small file: what this machine takes for an extension that does nothing.
 */
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
  return `${rowOf(report, EXTENSION_ID)}; an extension of one small file: ${rowOf(report, DRIVER_ID)}`;
}

/** | Extension | Eager | Load Code | Call Activate | Finish Activate | Event | By | */
function rowOf(report: string, id: string): string {
  const row = report.split('\n').find((line) => line.startsWith(`| ${id} `));
  if (!row) throw new Error(`${id} is not in the list of activated extensions:\n${report}`);
  const [, , , load, call, finish, event] = row.split('|').map((cell) => cell.trim());
  const total = Number(load) + Number(call) + Number(finish);
  return `${total} ms (load ${load} + activate ${call} + finish ${finish}, ${event})`;
}
