import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { root } from '../setup/paths.js';
import { putPackage } from '../stack/buckets.js';

const BASIC = 'examples/basic.yaml';

/** It stays in the checkout, where git ignores it, so that a person can deploy it as well. */
export const BROKEN = '.local/demo/broken.yaml';

/**
 * Writes the basic example with more memory and a package that is not a zip file. AWS accepts the
 * memory first, so that there is something to take back.
 */
export async function makeBrokenDeployment(awsEndpoint: string): Promise<void> {
  const place = { awsEndpoint, account: '111111111111', region: 'us-east-1' };
  const broken = { bucket: 'armory-docs-dev-us-east-1', key: 'broken.zip' };
  await putPackage(broken, new TextEncoder().encode('These bytes are no zip file.'), place);
  const text = (await readFile(join(root, BASIC), 'utf8'))
    .replace('potatolessfacts-justsweetpotatoes.zip', broken.key)
    .replace(/^( +)handler:/m, '$1memorySize: 512\n$1handler:');
  const file = join(root, BROKEN);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
