/**
 * What the paths of a workspace's files begin with, for each of its folders: nothing where it is the only one, else its
 * name. Folders may have the same name: from the second on they are numbered, so that no path means two files.
 */
export function folderPrefixes(folders: readonly { name: string }[]): string[] {
  if (folders.length < 2) return folders.map(() => '');
  const taken = new Set<string>();
  return folders.map(({ name }) => {
    let prefix = `${name}/`;
    for (let n = 2; taken.has(prefix); n++) prefix = `${name} (${n})/`;
    taken.add(prefix);
    return prefix;
  });
}
