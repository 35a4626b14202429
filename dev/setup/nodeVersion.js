import { Problem } from './problem.js';
import { isOlder } from './versions.js';

/** The oldest Node.js that the development tools run on. The package itself asks for less. */
const OLDEST_NODE = '20.19';

export function checkNodeVersion(version = process.versions.node) {
  if (!isOlder(version, OLDEST_NODE)) return;
  throw new Problem(
    `Working on Sluice needs Node.js ${OLDEST_NODE} or later, and this is ${version}. ` +
      'Install a newer one (with nvm: `nvm install`), then run the command again.',
  );
}
