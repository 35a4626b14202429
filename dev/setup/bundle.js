/**
 * Puts the workflows into one file, so that a worker starts without doing it:
 * `node dev/setup/bundle.js <file>`.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { root } from './paths.js';

const { code } = await bundleWorkflowCode({
  workflowsPath: join(root, 'src/workflows/index.ts'),
  logger: new DefaultLogger('WARN'),
});
await writeFile(process.argv[2] ?? 'workflow-bundle.js', withoutOwnPaths(code));

/**
 * Names the sources by their place in the checkout, so that the bundle does not tell where it was
 * made.
 *
 * @param {string} bundle
 */
function withoutOwnPaths(bundle) {
  const sourceMap = /(?<=sourceMappingURL=data:[^,]*;base64,)\S+/;
  return bundle.replace(sourceMap, (encoded) => {
    const text = Buffer.from(encoded, 'base64').toString();
    return Buffer.from(text.replaceAll(root, '')).toString('base64');
  });
}
