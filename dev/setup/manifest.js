import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.js';

/**
 * What package.json says of the package.
 *
 * @type {{ name: string, version: string }}
 */
export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
