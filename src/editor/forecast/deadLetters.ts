import type { SourceFile } from '../../core/dapr/workspace.ts';

/** The topics whose dead letter topic the workspace's Subscriptions call this one. */
export async function deadLettersOf(
  files: readonly SourceFile[],
  topic: string,
): Promise<{ topic: string; file: string }[]> {
  const late = await import('./replay.late.ts');
  return late.deadLettersOf(files, topic);
}
