/**
 * Makes sure that everything is there, then runs a command:
 * `node dev/setup/main.js [action | bench | build | demo | dev | e2e | fuzz | generate | house | record-histories | reliability | seed | test] [the command's arguments]`.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { action } from './action.js';
import { build } from './build.js';
import { ensure } from './ensure.js';
import { say } from './messages.js';
import { nodePackages } from './nodePackages.js';
import { root } from './paths.js';
import { pythonTools } from './pythonTools.js';
import { OLDEST_NODE_FOR_TESTS } from './versions.js';

const everything = [nodePackages, pythonTools, build];

/** It runs ES modules only where Node.js was started with `--experimental-vm-modules`. */
const JEST = 'node_modules/jest/bin/jest.js';

/** @type {Record<string, { steps: import('./ensure.js').Step[], script?: string[], oldestNode?: string }>} */
const commands = {
  setup: { steps: everything },
  action: { steps: [action] },
  build: { steps: [nodePackages, build] },
  bench: { steps: everything, script: ['bench/bench.ts'] },
  demo: { steps: everything, script: ['dev/demo.ts'] },
  dev: { steps: everything, script: ['dev/dev.ts'] },
  e2e: {
    steps: everything,
    script: [JEST, '--config', 'test/jest/e2e.config.js'],
    oldestNode: OLDEST_NODE_FOR_TESTS,
  },
  fuzz: {
    steps: everything,
    script: [JEST, '--config', 'test/jest/fuzz.config.js'],
    oldestNode: OLDEST_NODE_FOR_TESTS,
  },
  generate: { steps: [nodePackages], script: ['dev/generate.ts'] },
  house: { steps: [nodePackages], script: ['dev/house.ts'] },
  'record-histories': { steps: everything, script: ['test/replay/record.ts'] },
  reliability: {
    steps: everything,
    script: [JEST, '--config', 'test/jest/reliability.config.js'],
    oldestNode: OLDEST_NODE_FOR_TESTS,
  },
  seed: { steps: everything, script: ['dev/seed.ts'] },
  test: {
    steps: everything,
    script: [JEST],
    oldestNode: OLDEST_NODE_FOR_TESTS,
  },
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
await ensure(command.steps, command.oldestNode);
if (command.script) await become(command.script, args);
