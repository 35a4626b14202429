/**
 * The versions of all dependencies, which npm installs with the package: `node dev/setup/shrinkwrap.js`
 * writes them where npm looks for them while it packs, and `… remove` takes them away. In a checkout
 * the lock file says the same, for development, too.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLock } from './nodePackages.js';
import { root } from './paths.js';

const file = join(root, 'npm-shrinkwrap.json');

if (process.argv[2] === 'remove') rmSync(file, { force: true });
else writeFileSync(file, `${JSON.stringify(forUsers(), undefined, 2)}\n`);

/** The lock file without what is for development alone. */
function forUsers() {
  const { packages, ...lock } = readLock('package-lock.json');
  const entries = Object.entries(packages).filter(([, { dev }]) => dev !== true);
  const { devDependencies: _, ...own } = packages[''] ?? {};
  return { ...lock, packages: { ...Object.fromEntries(entries), '': own } };
}
