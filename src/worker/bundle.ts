import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { SluiceError } from '../errors.js';

/**
 * The path of the bundled workflows, which the build puts beside the compiled worker.
 *
 * @throws SluiceError `notBuilt`
 */
export async function findBundle(): Promise<string> {
  const path = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));
  try {
    await access(path);
  } catch (cause) {
    throw new SluiceError(
      'notBuilt',
      `The workflows have not been bundled: ${path} does not exist. Run \`npm run build\`, or ` +
        'install the package again.',
      { cause },
    );
  }
  return path;
}
