import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { root } from '../../dev/setup/paths.js';
import { type Console, systemConsole } from '../../src/cli/console.js';
import { createProgram } from '../../src/cli/program.js';
import { CommandProcess } from './commandProcess.js';
import { runHere } from './inProcess.js';

const WHO = [
  '--worker',
  'arn:aws:iam::111111111111:role/SluiceWorker',
  '--external-id',
  '8c1f2a70',
];
const WHAT = ['--function', 'orders', '--bucket', 'acme-packages'];

beforeAll(() => new CommandProcess(['--version'], {}).exit); // In a checkout the first command builds.

async function createRole(args: readonly string[], input = '') {
  const environment = { TEMPORAL_ADDRESS: '127.0.0.1:1' };
  return withoutStacks(await runHere(['aws', 'create-role', ...args], { environment, input }));
}

/** In a process of its own, for which neither AWS is there, nor credentials or a region. */
async function createRoleWithoutAws(args: readonly string[]) {
  const environment = {
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    AWS_REGION: '',
    AWS_ACCESS_KEY_ID: '',
    AWS_PROFILE: '',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  };
  const command = new CommandProcess(['aws', 'create-role', ...args], environment);
  const exitCode = await command.exit;
  const { stdout, stderr } = command;
  return withoutStacks({ exitCode, stdout, stderr });
}

function withoutStacks<Said extends { stdout: string; stderr: string }>(ran: Said): Said {
  expect(ran.stdout + ran.stderr).not.toMatch(/^ +at .*:\d+:\d+/m);
  return ran;
}

describe('sluice aws create-role', () => {
  it('prints the template alone, and says elsewhere what remains to be done', async () => {
    const golden = await readFile(join(root, 'test/roles/golden/least.yaml'), 'utf8');
    expect(await createRole([...WHO, ...WHAT, '--without-plan'])).toEqual({
      exitCode: 0,
      stdout: golden,
      stderr: `\
The worker's settings file must give the external id of the account:

accounts:
  '<account>':
    externalId: '8c1f2a70'

arn:aws:iam::111111111111:role/SluiceWorker must be allowed sts:AssumeRole on
arn:aws:iam::<account>:role/SluiceDeploy.
Without --execution-role it can neither create functions nor change their roles.
`,
    });
  });

  it('says of container images that their repositories have to let Lambda fetch them', async () => {
    const repository = '111111111111.dkr.ecr.us-east-1.amazonaws.com/orders';
    const { exitCode, stderr } = await createRole([
      ...[...WHO, '--function', 'orders', '--repository', repository],
      ...['--execution-role', 'arn:aws:iam::222222222222:role/orders'],
    ]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`
arn:aws:iam::222222222222:role/SluiceDeploy.

The policy of each repository must let lambda.amazonaws.com fetch its images
(ecr:BatchGetImage, ecr:GetDownloadUrlForLayer), and the role, too, if it is
in another account.
`);
  });

  it('reads a deployment file from standard input', async () => {
    const text = await readFile(join(root, 'examples/basic.yaml'), 'utf8');
    const { exitCode, stdout } = await createRole([...WHO, '-f', '-'], text);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('function:potatolessFacts\n');
  });

  it.each<[string[], string]>([
    [[...WHAT], "Required option '--worker <arn>' not specified."],
    [[...WHO.slice(0, 2), ...WHAT], "Required option '--external-id <id>' not specified."],
    [[...WHO, ...WHAT, '--all-functions'], 'cannot be used with'],
    [[...WHO, '-f', 'x', '--role-name', 'Deploy'], 'cannot be used with'],
    [[...WHO, ...WHAT, '--stack-name', 'x'], '--stack-name says where to deploy: add --deploy.'],
    [[...WHO, ...WHAT, '--region', 'x'], '--region says where to deploy: add --deploy.'],
    [[...WHO, ...WHAT, '--deploy'], "Required option '--stack-name <name>' not specified."],
  ])('refuses options that do not go together: %j', async (args, expected) => {
    const said: string[] = [];
    const console: Console = { ...systemConsole(), err: ({ text }) => void said.push(text) };
    const program = createProgram(console, () => Promise.reject(new Error('ran')));
    await expect(
      program.parseAsync(['node', 'sluice', 'aws', 'create-role', ...args]),
    ).rejects.toBeInstanceOf(CommanderError);
    expect(said.join('')).toContain(expected);
  });

  it.each<[string[], string]>([
    [WHO, 'Say which functions it deploys'],
    [[...WHO, '-f', '/nowhere/x'], 'There is no file /nowhere/x.'],
    [
      [...WHO, ...WHAT, '--deploy', '--stack-name', 'x'],
      'There is no region, or none of that name: give one with --region or AWS_REGION.',
    ],
    [
      [...WHO, ...WHAT, '--deploy', '--stack-name', 'x', '--region', 'eu-west-1'],
      'The AWS SDK finds no credentials',
    ],
  ])('refuses with a sentence: %j', async (args, expected) => {
    const create = args.includes('--deploy') ? createRoleWithoutAws : createRole;
    const { exitCode, stdout, stderr } = await create(args);
    expect(stderr).toContain(expected);
    expect([exitCode, stdout]).toEqual([2, '']);
  });
});
