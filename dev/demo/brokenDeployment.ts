import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { putPackage } from '../stack/buckets.js';

const basic = fileURLToPath(new URL('../../examples/basic.yaml', import.meta.url));

/**
 * The basic example with more memory and a package that is not a zip file. AWS accepts the memory
 * first, so that there is something to take back.
 *
 * @returns the path of the deployment file
 */
export async function brokenDeployment(awsEndpoint: string): Promise<string> {
  const place = { awsEndpoint, account: '111111111111', region: 'us-east-1' };
  const broken = { bucket: 'armory-docs-dev-us-east-1', key: 'broken.zip' };
  await putPackage(broken, new TextEncoder().encode('These bytes are no zip file.'), place);
  const text = (await readFile(basic, 'utf8'))
    .replace('potatolessfacts-justsweetpotatoes.zip', broken.key)
    .replace(/^( +)handler:/m, '$1memorySize: 512\n$1handler:');
  const file = join(await mkdtemp(join(tmpdir(), 'sluice-demo-')), 'broken.yaml');
  await writeFile(file, text);
  return file;
}
