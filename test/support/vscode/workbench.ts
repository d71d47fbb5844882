// What a person does in the workbench, by its public surface: aria labels, roles and keys.
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { until } from './until.ts';

export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the side bar of the product by its icon in the activity bar. */
  async openSideBar(title: string): Promise<void> {
    const icon = this.page.locator('.activitybar .action-item', { has: this.page.locator(`[aria-label^="${title}"]`) });
    if ((await icon.getAttribute('class'))?.includes('checked')) return;
    await icon.click();
  }

  /** The rows of a tree view in the side bar, by the title of the view. */
  view(title: string): Locator {
    return this.page.locator('.pane', { has: this.page.locator(`.pane-header[aria-label^="${title}"]`) });
  }

  /** A row of a tree whose accessible name starts with `label`. */
  row(view: Locator, label: string): Locator {
    return view.locator(`.monaco-list-row[aria-label^="${label}"]`).first();
  }

  /** Opens a tree row so that its children show; a click on a row that is being drawn anew goes nowhere and is made again. */
  async expand(view: Locator, label: string): Promise<Locator> {
    const row = this.row(view, label);
    const opened = async () => (await row.getAttribute('aria-expanded')) === 'true';
    await until(`${label} to open`, async () => {
      await row.click();
      if (!(await opened())) await this.page.keyboard.press('ArrowRight');
      return until(label, opened, 3_000).catch(() => false);
    });
    return row;
  }

  /** Chooses from the menu of a row until `opened` is there. */
  async choose(row: Locator, item: string, opened: Locator): Promise<void> {
    await this.#onRow(item, opened, async () => {
      await row.click({ button: 'right' });
      await this.page.getByRole('menuitem', { name: item }).hover();
      await this.page.keyboard.press('Enter');
    });
  }

  /** Presses a button at the right of a row until `opened` is there. */
  async press(row: Locator, button: RegExp, opened: Locator): Promise<void> {
    await this.#onRow(String(button), opened, async () => {
      await row.hover();
      await row.getByRole('button', { name: button }).click();
    });
  }

  /**
   * The editor hands over nothing for a row that is being drawn anew; the product then asks to choose again, and that is
   * done as a person would.
   */
  async #onRow(what: string, opened: Locator, choose: () => Promise<void>): Promise<void> {
    const again = this.page.locator('.notification-list-item', { hasText: 'The row was being drawn anew' });
    await until(`"${what}" of a row`, async () => {
      await choose();
      // The box of quick input keeps the rows of what it showed last, out of sight.
      const seen = opened.filter({ visible: true });
      await seen.or(again).first().waitFor();
      if (await seen.first().isVisible()) return true;
      await this.command('Notifications: Clear All Notifications');
      await again.waitFor({ state: 'detached' });
      return false;
    });
  }

  /** Runs a command by its title in the command palette. */
  async command(title: string): Promise<void> {
    await this.#quickInput('F1', `>${title}`);
    await this.page.locator(`.quick-input-list .monaco-list-row[aria-label*="${title}"]`).first().click();
  }

  /** Types into the box that a key opens. It closes again when something that opened before takes the focus: then it is opened anew. */
  async #quickInput(key: string, text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input.input');
    await until(`the box of ${key}`, async () => {
      await this.page.keyboard.press(key);
      return input.fill(text, { timeout: 5_000 }).then(
        () => true,
        () => false,
      );
    });
  }

  /** Answers the input box whose prompt contains `prompt`. */
  async answer(prompt: string, text: string): Promise<void> {
    const box = this.page.locator('.quick-input-widget', { hasText: prompt });
    await box.locator('input.input').fill(text);
    await box.locator('input.input').press('Enter');
  }

  /** Shows only topics and groups with this in their name: those of other tests must not push ours out of sight. */
  async filter(text: string): Promise<void> {
    await this.command('Kafka: Filter');
    await this.page.locator('.quick-input-widget input.input').fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Opens a file of the workspace by quick open. */
  async openFile(name: string): Promise<void> {
    await this.#quickInput('ControlOrMeta+P', name);
    await this.page.locator(`.quick-input-list .monaco-list-row[aria-label^="${name}"]`).first().click();
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  }

  /** Brings the first tab of this title to the front. */
  async tab(title: string): Promise<void> {
    await this.page.locator(`.tab[aria-label^="${title}"]`).first().click();
  }

  /** The content of the visible webview that contains `marker` (a CSS selector). */
  async webview(marker: string, timeoutMs = 30_000): Promise<FrameLocator> {
    const frames = this.page.locator('iframe.webview');
    return until(
      `a webview with ${marker}`,
      async () => {
        // The order of the frames in the document is not the order of their creation: content decides.
        for (let i = 0; i < (await frames.count()); i++) {
          const content = frames.nth(i).contentFrame().frameLocator('#active-frame');
          if ((await content.locator(marker).count()) > 0) return content;
        }
        return undefined;
      },
      timeoutMs,
    );
  }
}
