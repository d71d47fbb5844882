// node_modules as the lock file wants it.
import fs from 'node:fs';
import path from 'node:path';
import { npm } from './toolchain.mjs';

/** Installs when a package of the lock file is missing or has another version; optional ones are up to npm. */
export function ensureDependencies(root, say) {
  const missing = outdated(root);
  if (missing.length === 0) return;
  say(`Installing the packages of package-lock.json (${missing.length} missing or outdated) …`);
  const { status } = npm(['ci', '--ignore-scripts', '--prefer-offline', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('npm ci failed: see above. It needs the npm registry, or a filled npm cache.');
}

function outdated(root) {
  const wanted = packagesOf(path.join(root, 'package-lock.json'));
  const present = packagesOf(path.join(root, 'node_modules', '.package-lock.json'));
  return Object.keys(wanted).filter((name) => {
    const { version, optional, devOptional } = wanted[name];
    return name !== '' && !optional && !devOptional && present[name]?.version !== version;
  });
}

const packagesOf = (file) => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')).packages : {});
