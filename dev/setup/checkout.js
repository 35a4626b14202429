import { build } from './build.js';
import { ensure } from './ensure.js';
import { nodePackages } from './nodePackages.js';

/** Makes what the `sluice` command needs in a checkout. */
export function ensureBuilt() {
  return ensure([nodePackages, build]);
}
