import type { Reader } from '../../core/dapr/delivery/readers.ts';

/** Group -> the files whose components read in it, sorted. A group that only daprd will name is in none. */
export function filesByGroup(readers: readonly Reader[]): ReadonlyMap<string, ReadonlySet<string>> {
  const files = new Map<string, Set<string>>();
  const byFile = readers.toSorted((a, b) => (a.component.document.file < b.component.document.file ? -1 : 1));
  for (const { group, component } of byFile)
    if (group.group !== null)
      files.set(group.group, (files.get(group.group) ?? new Set()).add(component.document.file));
  return files;
}
