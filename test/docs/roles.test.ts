import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { root } from '../../dev/setup/paths.js';
import { type LocalEmulator, startEmulator } from '../../dev/stack/emulator.js';
import {
  PERMISSION_PURPOSES,
  PERMISSION_RESOURCES,
  PERMISSIONS,
} from '../../src/domain/permissions.js';
import { parseSettings } from '../../src/settings/document.js';

let page: string;
let folder: string;
let emulator: LocalEmulator;
beforeAll(async () => {
  page = await readFile(join(root, 'docs/roles.md'), 'utf8');
  folder = await mkdtemp(join(tmpdir(), 'sluice-docs-'));
  await symlink(join(root, 'bin/sluice'), join(folder, 'sluice'));
  await symlink(join(root, 'bin'), join(folder, 'bin'));
  await symlink(join(root, 'examples'), join(folder, 'examples'));
  emulator = await startEmulator();
});
afterAll(async () => {
  await emulator.stop();
  await rm(folder, { recursive: true });
});

function blocks(language: string): string[] {
  const found = page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'));
  return [...found].map(([, text = '']) => text);
}

/** One shell for all of the page, as its reader has. */
async function runInShell(script: string): Promise<{ stdout: string; stderr: string }> {
  const env = {
    ...process.env,
    PATH: `${folder}:${process.env['PATH'] ?? ''}`,
    AWS_ENDPOINT_URL: emulator.endpoint,
    AWS_ACCESS_KEY_ID: '222222222222',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  return promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], { cwd: folder, env });
}

describe('the page on roles', () => {
  it('explains every permission of a deploy role', () => {
    const rows = page.split('\n').filter((line) => /^\| `\w+:\w+`/.test(line));
    expect(rows.map((line) => line.split(/ *\| */).slice(1, -1))).toEqual(
      PERMISSIONS.map(({ action, on, purpose, use }) => [
        `\`${action}\``,
        PERMISSION_RESOURCES[on],
        PERMISSION_PURPOSES[purpose],
        use,
      ]),
    );
  });

  it('has commands that print and deploy roles', async () => {
    const scripts = blocks('sh');
    expect(scripts).toHaveLength(3);
    const { stdout } = await runInShell(scripts.join('\n'));
    expect(stdout).toBe('RoleArnOutput: arn:aws:iam::222222222222:role/SluiceDeploy\n');
    const [printed, staging] = await Promise.all(
      ['role.yaml', 'staging.yaml'].map((name) => readFile(join(folder, name), 'utf8')),
    );
    expect(printed).toContain(':function:shop-*\n');
    expect(staging).toContain('role/CheckoutExecution\n');
  });

  it('is begun with the command that README.md has', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8');
    const [, command = ''] = /^```sh\n(\S+ aws create-role.*?)^```$/ms.exec(readme) ?? [];
    await runInShell(`sluice template canary > deploy.yaml\n${command}`);
    expect(await readFile(join(folder, 'role.yaml'), 'utf8')).toContain('AWS::IAM::Role');
  });

  it('has settings that a worker can use', () => {
    const [settings = ''] = blocks('yaml');
    expect(parseSettings(settings, 'settings.yaml').accounts).toMatchObject({
      '222222222222': { externalIdFrom: { env: 'PRODUCTION_EXTERNAL_ID' } },
    });
  });

  it('shows a policy of the worker that is one', () => {
    const [policy = ''] = blocks('json');
    expect(parse(policy)).toMatchObject({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole' }],
    });
  });

  it('shows policies of repositories that let Lambda and the deploy role fetch images', () => {
    const [, repository = '', statement = ''] = blocks('json');
    expect(parse(repository)).toMatchObject({
      Statement: [
        {
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        },
      ],
    });
    const ofImages = PERMISSIONS.filter(({ purpose }) => purpose === 'images');
    expect(parse(statement)).toMatchObject({ Action: ofImages.map(({ action }) => action) });
  });
});
