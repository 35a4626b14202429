/**
 * Makes sure that everything is there, then runs a command:
 * `node dev/setup/main.js [action | bench | build | demo | dev | e2e | fuzz | generate | house | node-releases | record-histories | release | reliability | seed | test | test:nodes] [the command's arguments]`.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { action } from './action.js';
import { build } from './build.js';
import { ensure } from './ensure.js';
import { say } from './messages.js';
import { nodePackages } from './nodePackages.js';
import { nodeReleases } from './nodeReleases.js';
import { root } from './paths.js';
import { pythonTools } from './pythonTools.js';

const everything = [nodePackages, pythonTools, build];

/**
 * A suite of tests. Jest runs ES modules only where Node.js was started with
 * `--experimental-vm-modules`.
 *
 * @param {string[]} options
 */
const suite = (...options) => ({
  steps: everything,
  script: ['node_modules/jest/bin/jest.js', ...options],
});

/** @type {Record<string, { steps: import('./ensure.js').Step[], script?: string[] }>} */
const commands = {
  setup: { steps: everything },
  action: { steps: [action] },
  build: { steps: [nodePackages, build] },
  bench: { steps: everything, script: ['bench/bench.ts'] },
  demo: { steps: everything, script: ['dev/demo.ts'] },
  dev: { steps: everything, script: ['dev/dev.ts'] },
  e2e: suite('--config', 'test/jest/e2e.config.js'),
  fuzz: suite('--config', 'test/jest/fuzz.config.js'),
  generate: { steps: [nodePackages], script: ['dev/generate.ts'] },
  house: { steps: [nodePackages], script: ['dev/house.ts'] },
  'node-releases': { steps: [nodeReleases] },
  'record-histories': { steps: everything, script: ['test/replay/record.ts'] },
  release: { steps: [nodePackages, build], script: ['dev/release.ts'] },
  reliability: suite('--config', 'test/jest/reliability.config.js'),
  seed: { steps: everything, script: ['dev/seed.ts'] },
  test: suite(),
  'test:nodes': { steps: [...everything, nodeReleases], script: ['dev/testNodes.ts'] },
};

/**
 * Runs a script in this very process: its exit code is ours, and signals reach it.
 *
 * @param {string[]} script
 * @param {string[]} args
 */
async function become([file = '', ...first], args) {
  process.chdir(root);
  // The AWS SDK runs on Node.js 20, and warns at every start that its releases of 2027 will not.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  process.argv = [process.execPath, join(root, file), ...first, ...args];
  if (file.endsWith('.ts')) (await import('tsx/esm/api')).register();
  await import(pathToFileURL(join(root, file)).href);
}

const [name = 'setup', ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  say(`There is no command "${name}". Choose one of: ${Object.keys(commands).join(', ')}.`);
  process.exit(2);
}
await ensure(command.steps);
if (command.script) await become(command.script, args);
