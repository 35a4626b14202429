/** Puts parts of a build into one file each: `node dev/setup/bundle.js <dist>`. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { build } from 'esbuild';
import { INTO_ONE_FILE } from './intoOneFile.js';
import { licensesIn } from './licenses.js';
import { root } from './paths.js';

const dist = process.argv[2] ?? 'dist';

await Promise.all([bundleConfig(), bundleWorkflows()]);

/** The reading of deployment files, so that commands about them start in a third of the time. */
async function bundleConfig() {
  const file = join(dist, 'config/index.js');
  const { metafile } = await build({
    ...INTO_ONE_FILE,
    entryPoints: [file],
    outfile: file,
    allowOverwrite: true,
    metafile: true,
    absWorkingDir: root,
  });
  await writeFile(join(dist, 'config/LICENSES.txt'), await licensesIn(metafile, 'index.js'));
}

/**
 * The workflows, so that a worker starts without doing it. The sources are named by their place in
 * the checkout, so that the bundle does not tell where it was made.
 */
async function bundleWorkflows() {
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(root, 'src/workflows/index.ts'),
    logger: new DefaultLogger('WARN'),
  });
  const sourceMap = /(?<=sourceMappingURL=data:[^,]*;base64,)\S+/;
  const bundle = code.replace(sourceMap, (encoded) => {
    const text = Buffer.from(encoded, 'base64').toString();
    return Buffer.from(text.replaceAll(root, '')).toString('base64');
  });
  await writeFile(join(dist, 'workflow-bundle.js'), bundle);
}
