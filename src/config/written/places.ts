import { isTextAt } from '../shape/schemaAt.js';
import type { Places } from '../source/treeReader.js';
import { writtenDeployment } from './schema.js';

/** What the reader of the text has to know of the language. */
export const places: Places = {
  isText: (path) => isTextAt(writtenDeployment, path),
  // The top level may have keys of its own for anchors.
  isFree: ([key, ...rest]) => rest.length === 0 && String(key).startsWith('x-'),
};
