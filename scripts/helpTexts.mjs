// The texts of hovers: src/core/dapr/help/**.json as one object, as the build puts it into dist/help.json.
import fs from 'node:fs';
import path from 'node:path';

const read = (...names) => JSON.parse(fs.readFileSync(path.join(...names), 'utf8'));

/** A HelpTexts of src/core/dapr/help/helpTexts.ts. */
export function helpTexts(root) {
  const folder = path.join(root, 'src/core/dapr/help');
  const files = fs.readdirSync(path.join(folder, 'keys')).sort();
  return {
    keys: Object.fromEntries(files.map((name) => [path.basename(name, '.json'), read(folder, 'keys', name)])),
    resources: read(folder, 'resources.json'),
    beliefs: read(folder, 'beliefs.json'),
    bulk: read(folder, 'bulk.json'),
  };
}
