import { Workspace, type SourceFile } from './workspace.ts';

/** Topics whose messages end in this dead letter topic, as Subscriptions say, each with its file. */
export function deadLettersOf(
  files: readonly SourceFile[],
  deadLetterTopic: string,
): { topic: string; file: string }[] {
  const workspace = new Workspace();
  for (const { path, text } of files) workspace.set(path, text);
  const found = new Map<string, string>();
  for (const subscription of workspace.subscriptions) {
    const topic = subscription.topic?.text ?? '';
    if (topic !== '' && subscription.deadLetterTopic?.text === deadLetterTopic && !found.has(topic))
      found.set(topic, subscription.document.file);
  }
  return [...found].map(([topic, file]) => ({ topic, file }));
}
