import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { root } from '../../dev/setup/paths.js';
import { TEMPLATES } from '../../src/cli/commands/template.js';
import { CATALOG } from '../../src/config/index.js';
import { planOf, SHOP, shopWith } from '../config/support.js';
import { CommandProcess } from './commandProcess.js';
import { runHere } from './inProcess.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** No Temporal is there: these commands need none. */
const environment = { TEMPORAL_ADDRESS: '127.0.0.1:1' };

async function sluice(args: readonly string[], input = '') {
  const { exitCode, stdout, stderr } = await runHere(args, { environment, input });
  expect(stdout + stderr).not.toMatch(/^ +at .*:\d+:\d+/m);
  return { exitCode, stdout, stderr };
}

/** In a process of its own, where it counts how that is written to, or where its files are. */
async function sluiceProcess(args: readonly string[]) {
  const command = new CommandProcess(args, environment);
  return { exitCode: await command.exit, stdout: command.stdout };
}

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const MISSPELT = shopWith('region: us-east-1', 'regoin: us-east-1');
const WARNED = shopWith('setWeight: 50', 'setWeight: 5');

describe('sluice config validate', () => {
  it('says of a valid file what is in it', async () => {
    const path = await file('deploy.yaml', SHOP);
    expect(await sluice(['config', 'validate', '-f', path])).toEqual({
      exitCode: 0,
      stdout: `${path} is valid: 2 targets, 3 functions.\n`,
      stderr: '',
    });
  });

  it('shows what is wrong, where, and how to mend it, and ends with 2', async () => {
    const path = await file('wrong.yaml', MISSPELT);
    const { exitCode, stdout } = await sluice(['config', 'validate', '-f', path]);
    expect(exitCode).toBe(2);
    expect(stdout).toContain(`error[unknown-key]: "regoin" is not a key of targets.production.\n`);
    expect(stdout).toMatch(/\| {5}regoin: us-east-1\n +\| {5}\^{6}\n {2}Did you mean "region"\?\n/);
    expect(stdout).toMatch(/\n1 error\.\n.*wrong\.yaml is not valid\.\n$/);
  });

  it('reads standard input, and all files although one is wrong and one is missing', async () => {
    const [right, wrong] = [await file('right.yaml', SHOP), await file('wrong.yaml', MISSPELT)];
    const missing = join(folder, 'missing.yaml');
    const files = ['-f', missing, wrong, right, '-'];
    const { exitCode, stdout } = await sluice(['config', 'validate', ...files], SHOP);
    expect(exitCode).toBe(2);
    expect(stdout.split('\n').filter((line) => / is (not )?valid|no file/.test(line))).toEqual([
      `There is no file ${missing}. Check the path.`,
      `${wrong} is not valid.`,
      `${right} is valid: 2 targets, 3 functions.`,
      'standard input is valid: 2 targets, 3 functions.',
    ]);
  });

  it('tells what is wrong with an included file there, in every format', async () => {
    const path = await file('including.yaml', `include: part.yaml\n${SHOP}`);
    const part = await file('part.yaml', 'webhooks: []\nowner: me\n');
    const validate = (...more: string[]) => sluice(['config', 'validate', '-f', path, ...more]);
    const { exitCode, stdout } = await validate();
    expect([exitCode, stdout]).toEqual([
      2,
      expect.stringContaining(`${part}:2:1: error[unknown-key]: "owner" is not a key`),
    ]);
    expect(stdout).toMatch(/\n {2}2 \| owner: me\n {4}\| \^{5}\n/);
    expect(stdout).toContain(`${path} is not valid.\n`);
    const json = await validate('-o', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      files: [{ file: path, diagnostics: [{ code: 'unknown-key', file: part, line: 2 }] }],
    });
    const annotations = await validate(path, '-o', 'github');
    expect(annotations.stdout.match(/::error/g)).toHaveLength(1);
    expect(annotations.stdout).toContain(`::error file=${part},line=2,col=1,`);
  });

  it('finds what standard input includes from the current folder', async () => {
    const input = `include: examples/shared/notifications.yaml\n${SHOP}`;
    const { stdout } = await sluice(['config', 'validate', '-f', '-', '--strict'], input);
    expect(stdout).toBe('standard input is valid: 2 targets, 3 functions.\n');
    const missing = input.replace('notifications', 'missing');
    const { stdout: told } = await sluice(['config', 'show', '-f', '-'], missing);
    expect(told).toBe('');
  });

  it('passes warnings, unless they count', async () => {
    const path = await file('warned.yaml', WARNED);
    const passed = await sluice(['config', 'validate', '-f', path]);
    expect([passed.exitCode, passed.stdout]).toEqual([
      0,
      expect.stringContaining('warning[weight-order]'),
    ]);
    const strict = await sluice(['config', 'validate', '-f', path, '--strict']);
    expect(strict.exitCode).toBe(2);
    expect(strict.stdout).toContain('is not valid, because its warnings count (--strict).');
  });

  it('tells all of it, however much it is', async () => {
    const keys = Array.from({ length: 80 }, (_, index) => `key${index}: 1\n`);
    const path = await file('many.yaml', `${SHOP}${keys.join('')}`);
    const { stdout } = await sluiceProcess(['config', 'validate', '-f', path]);
    expect(stdout.match(/error\[unknown-key\]/g)).toHaveLength(80);
  });

  it('speaks JSON to scripts', async () => {
    const [wrong, warned] = [await file('wrong.yaml', MISSPELT), await file('warn.yaml', WARNED)];
    const missing = join(folder, 'missing.yaml');
    const args = ['config', 'validate', '-o', 'json', '-f', wrong, warned, missing];
    const { exitCode, stdout } = await sluice(args);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      valid: false,
      files: [
        {
          file: wrong,
          valid: false,
          diagnostics: [
            {
              code: 'unknown-key',
              severity: 'error',
              message: '"regoin" is not a key of targets.production.',
              remedy: 'Did you mean "region"?',
              line: 22,
              column: 5,
              endLine: 22,
              endColumn: 11,
              path: 'targets.production.regoin',
            },
          ],
        },
        {
          file: warned,
          valid: true,
          diagnostics: [expect.objectContaining({ code: 'weight-order', severity: 'warning' })],
        },
        {
          file: missing,
          valid: false,
          problem: `There is no file ${missing}. Check the path.`,
          diagnostics: [],
        },
      ],
    });
  });

  it('annotates the lines of a pull request', async () => {
    const path = await file('wrong.yaml', MISSPELT);
    const args = ['config', 'validate', '-f', path, join(folder, 'missing.yaml'), '-o', 'github'];
    const { exitCode, stdout } = await sluice(args);
    expect(exitCode).toBe(2);
    expect(stdout.split('\n')).toEqual([
      `::error file=${path},line=22,col=5,endColumn=10,title=unknown-key::"regoin" is not a key of targets.production.%0ADid you mean "region"?`,
      `::error::There is no file ${join(folder, 'missing.yaml')}. Check the path.`,
      '',
    ]);
  });

  it('takes values of the context and targets from the prompt', async () => {
    const path = await file('open.yaml', shopWith('room: war', 'floor: "2"'));
    const validate = (...more: string[]) => sluice(['config', 'validate', '-f', path, ...more]);
    const without = await validate();
    expect([without.exitCode, without.stdout]).toEqual([
      2,
      expect.stringContaining('give it with --add-context room=…'),
    ]);
    expect((await validate('--add-context', 'other=1,room=a,b=c')).exitCode).toBe(0);
    const one = await validate('-t', 'staging');
    expect(one.stdout).toBe(`${path} is valid: 1 target, 1 function.\n`);
    const unknown = await validate('-t', 'stagin');
    expect(unknown.stdout).toContain('There is no target "stagin".');
  });

  it.each([
    [['config', 'validate'], "Required option '-f, --file <file…>' not specified."],
    [['config', 'validate', '-f', 'x', '--add-context', 'a'], 'Write each value as key=value'],
    [['config', 'validate', '-f', 'x', '--add-context', '__proto__=a'], 'cannot be used'],
    [['config', 'validate', '-f', 'x', '-o', 'xml'], 'Allowed choices are text, json, github.'],
    [['config', 'show'], "Required option '-f, --file <file>' not specified."],
    [['template', 'everything'], 'Allowed choices are basic, canary, multi-region'],
  ])('and its neighbours say what they take: sluice %j', async (args, expected) => {
    const { exitCode, stderr } = await sluice(args);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(expected)]);
  });
});

describe('sluice config explain', () => {
  it('tells the reason, with a wrong and a right example', async () => {
    const { exitCode, stdout } = await sluice(['config', 'explain', 'role-account']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^role-account \(error\)\n\nLambda takes .*\n\nWrong:\n\n {2}targets:\n/,
    );
    expect(stdout).toContain('\n\nRight:\n\n  targets:\n');
  });

  it('lists all that there is to explain', async () => {
    const { stdout } = await sluice(['config', 'explain']);
    const listed = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0]);
    expect(listed).toEqual(CATALOG.map(({ code }) => code));
  });

  it('knows what was probably meant', async () => {
    expect(await sluice(['config', 'explain', 'role-acount'])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'There is no diagnostic with the code "role-acount". Did you mean role-account?\n',
    });
  });
});

describe('sluice config show', () => {
  it('draws the deployment', async () => {
    const path = await file('deploy.yaml', SHOP);
    const { exitCode, stdout, stderr } = await sluice(['config', 'show', '-f', path]);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Shop: 2 targets, 3 functions\n');
    expect(stdout).toContain('│  ├─ pause 5 min\n');
  });

  it('prints the plan alone, with an id of its own, and warnings beside it', async () => {
    const path = await file('warned.yaml', WARNED);
    const { exitCode, stdout, stderr } = await sluice(['config', 'show', '-f', path, '-o', 'json']);
    expect(exitCode).toBe(0);
    const plan = JSON.parse(stdout) as { deploymentId: string };
    expect(plan.deploymentId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const { strategies: _, ...expected } = planOf(SHOP);
    expect(plan).toMatchObject({ ...expected, deploymentId: plan.deploymentId });
    expect(stderr).toContain('warning[weight-order]');
  });

  it('prints the file as it is for one target, with everything filled in', async () => {
    const example = join(root, 'examples/multi-region.yaml');
    const shown = await sluice([
      ...['config', 'show', '-f', example, '-t', 'prod-eu', '-o', 'yaml'],
      ...['--add-context', 'release=2.0.0'],
    ]);
    expect([shown.exitCode, shown.stderr]).toEqual([0, '']);
    const path = 's3://checkout-packages-222222222222-eu-west-1/checkout-2.0.0.zip';
    expect(shown.stdout).toContain(`    path: ${path}\n`);
    expect(shown.stdout).not.toContain('{{');
    const again = await sluice(['config', 'validate', '-f', '-'], shown.stdout);
    expect(again.stdout).toBe('standard input is valid: 1 target, 1 function.\n');
  });

  it('tells where the file says what a target is given, as text and as JSON', async () => {
    const example = join(root, 'examples/multi-region.yaml');
    const args = ['config', 'show', '-f', example, '-t', 'prod-eu', '--origins'];
    const { stdout } = await sluice(args);
    expect(stdout).toContain(`    memorySize: 512 (${example}:39)\n`);
    const { origins } = JSON.parse((await sluice([...args, '-o', 'json'])).stdout) as {
      origins: object[];
    };
    expect(origins).toContainEqual(
      expect.objectContaining({ name: 'memorySize', value: 512, file: example, line: 39 }),
    );
    const refused = await sluice([...args, '-o', 'yaml']);
    expect([refused.exitCode, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain('--origins is shown as text or as JSON');
  });

  it('says what is wrong with a file that means nothing, and ends with 2', async () => {
    const path = await file('wrong.yaml', MISSPELT);
    const { exitCode, stdout, stderr } = await sluice(['config', 'show', '-f', path]);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain('error[unknown-key]');
  });
});

describe('sluice config schema', () => {
  it('prints the schema that the package brings along', async () => {
    const { exitCode, stdout } = await sluiceProcess(['config', 'schema']);
    expect(exitCode).toBe(0);
    expect(stdout).toBe(await readFile(join(root, 'schema/deployment.schema.json'), 'utf8'));
  });
});

describe('sluice template', () => {
  it.each(TEMPLATES)('prints a commented file that has nothing wrong: %s', async (name) => {
    const { exitCode, stdout } = await sluice(['template', name]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^# /);
    const args = ['config', 'validate', '--strict', '-f', '-'];
    const validated = await sluice(args, stdout);
    expect(validated.stdout).toMatch(/^standard input is valid: /);
  });

  it('prints the basic one when none is named', async () => {
    expect((await sluice(['template'])).stdout).toBe((await sluice(['template', 'basic'])).stdout);
  });
});
