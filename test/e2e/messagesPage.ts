import type { FrameLocator, Locator } from 'playwright-core';
import type { TailTarget } from '../../src/editor/messages/messagesPages.ts';
import { until } from '../support/vscode/until.ts';
import type { Workbench } from '../support/vscode/workbench.ts';
import type { TestWindow } from './window.ts';

/** The messages page as a person sees it. */
export class MessagesPage {
  readonly frame: FrameLocator;

  private constructor(frame: FrameLocator) {
    this.frame = frame;
  }

  static async find(workbench: Workbench, topic?: string): Promise<MessagesPage> {
    const marker = topic === undefined ? 'messages-page' : `messages-page:has-text("${topic}")`;
    const page = new MessagesPage(await workbench.webview(marker));
    await page.button('Start reading').waitFor({ timeout: 30_000 });
    return page;
  }

  /** Opens it from the tree. The cluster is saved already. */
  static async open(workbench: Workbench, cluster: string, topic: string): Promise<MessagesPage> {
    const clusters = workbench.view('Clusters');
    await workbench.openSideBar('Kafka & Dapr');
    await workbench.command('Filter Topics and Groups');
    await workbench.answer('Filter topics and groups', topic);
    await workbench.expand(clusters, cluster);
    await workbench.expand(clusters, 'Topics');
    const row = workbench.row(clusters, topic);
    await workbench.press(row, /Tail Messages/, workbench.page.locator('.tab', { hasText: topic }));
    return MessagesPage.find(workbench);
  }

  /** Opens it by its command. */
  static async openByCommand(
    window: TestWindow,
    target: Pick<TailTarget, 'clusterId' | 'topic' | 'read'>,
  ): Promise<MessagesPage> {
    await window.driver.eval((vscode, given: object) => {
      void vscode.commands.executeCommand('kafkaDapr.tailMessages', given);
    }, target);
    return MessagesPage.find(window.workbench);
  }

  button(name: string): Locator {
    return this.frame.locator(`vscode-button[aria-label="${name}"]`);
  }

  async from(kind: string, text?: string): Promise<void> {
    await this.frame.getByLabel('From', { exact: false }).first().selectOption(kind);
    if (text !== undefined) await this.frame.getByLabel('Start', { exact: true }).fill(text);
  }

  async to(kind: string): Promise<void> {
    await this.frame.getByLabel('To', { exact: false }).first().selectOption(kind);
  }

  /** What the page says it would read, before it reads: the sentence, and a line for each partition. */
  async preview(sentence: string): Promise<string[]> {
    const preview = this.frame.locator('range-preview');
    const summary = preview.locator('summary');
    await until(`the range "${sentence}"`, async () => (await summary.allInnerTexts())[0]?.trim() === sentence);
    await summary.press('Enter');
    const lines = await preview.locator('li').allInnerTexts();
    await summary.press('Enter');
    return lines;
  }

  /** Starts and waits until everything in the range was read. */
  async readAll(): Promise<void> {
    await this.button('Start reading').click();
    await this.status('everything in the range was read');
  }

  /** Opens one of the lists at the right of the title, or closes it. */
  async menu(name: string): Promise<void> {
    await this.frame.locator('page-tools vscode-button', { hasText: name }).first().click();
  }

  async status(part: string): Promise<void> {
    const line = this.frame.locator('.status .progress');
    await until(`the status "${part}"`, async () => (await line.innerText()).includes(part));
  }

  /** The rows in view, top to bottom: column id -> text. */
  async rows(): Promise<Record<string, string>[]> {
    return this.frame.locator('record-grid .rows:not(.hidden) .row').evaluateAll((rows) =>
      rows.map((row) => {
        const cells = [...row.querySelectorAll('.cell')];
        return Object.fromEntries(
          cells.map((cell) => {
            const id = ['partition', 'offset', 'time', 'key', 'value', 'headers', 'size'].find((c) =>
              cell.classList.contains(c),
            );
            return [id, (cell.textContent ?? '').trim()];
          }),
        );
      }),
    );
  }

  /** The rows once there are `count` of them, none still loading. */
  async rowsWhen(count: number): Promise<Record<string, string>[]> {
    return until(`${count} rows`, async () => {
      const rows = await this.rows();
      return rows.length === count && rows.every((row) => row['offset'] !== '') ? rows : undefined;
    });
  }
}
