import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the set-up makes for this checkout alone. Git ignores it. */
export const local = join(root, '.local');
