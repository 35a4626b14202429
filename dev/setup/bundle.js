/** Puts parts of a build into one file each: `node dev/setup/bundle.js <dist>`. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { build } from 'esbuild';
import { INTO_ONE_FILE } from './intoOneFile.js';
import { licensesIn } from './licenses.js';
import { root } from './paths.js';

const dist = process.argv[2] ?? 'dist';

/**
 * What the command leaves outside, because it is heavy and has modules of its own, finds files beside
 * itself, or must be one and the same for all of them.
 */
const APART = ['agent', 'config/index', 'errors', 'gateway', 'local/run', 'worker'];

await Promise.all([bundleConfig().then(bundleCommand), bundleWorkflows()]);

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

/** The command, so that it starts in two thirds of the time: a file, and one for each part that is loaded later. */
async function bundleCommand() {
  const folder = resolve(dist, 'cli');
  const apart = new Set(APART.map((name) => resolve(dist, `${name}.js`)));
  const { metafile, outputFiles } = await build({
    ...INTO_ONE_FILE,
    entryPoints: [join(folder, 'main.js')],
    outdir: folder,
    splitting: true,
    // yaml is loaded later, and is no ES module: of such esbuild keeps only the default export.
    external: ['@aws-sdk/*', '@temporalio/worker', 'yaml'],
    plugins: [
      {
        name: 'apart',
        setup(bundling) {
          bundling.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
            const file = resolve(resolveDir, path);
            return apart.has(file) ? { path: relative(folder, file), external: true } : undefined;
          });
        },
      },
    ],
    write: false,
    metafile: true,
    absWorkingDir: root,
  });
  await rm(folder, { recursive: true });
  await mkdir(folder);
  await Promise.all(outputFiles.map(({ path, contents }) => writeFile(path, contents)));
  await writeFile(join(folder, 'LICENSES.txt'), await licensesIn(metafile, 'The command'));
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
