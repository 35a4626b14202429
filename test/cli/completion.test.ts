import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { bashCompletion } from '../../src/cli/completion/bash.js';
import { fishCompletion } from '../../src/cli/completion/fish.js';
import { type CommandNode, treeOf } from '../../src/cli/completion/tree.js';
import { zshCompletion } from '../../src/cli/completion/zsh.js';
import { createProgram } from '../../src/cli/program.js';
import { KeptConsole } from './keptConsole.js';

const run = promisify(execFile);

let root: CommandNode;
beforeAll(() => {
  root = treeOf(createProgram(new KeptConsole(), () => Promise.resolve()));
});

/** What bash offers after these words; the last is what is being typed. */
async function offered(...words: string[]): Promise<string[]> {
  const script = `${bashCompletion(root)}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sluice; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await run('bash', ['-c', script, 'bash', 'sluice', ...words]);
  return stdout.trim().split('\n');
}

describe('completion in bash', () => {
  it('offers commands', async () => {
    expect(await offered('de')).toEqual(['deploy', 'dev']);
    expect(await offered('deploy', 'a')).toEqual(['approve', 'abandon']);
  });

  it('offers the options of the command that is there', async () => {
    expect(await offered('deploy', 'approve', '--')).toEqual(
      expect.arrayContaining(['--name', '--gate', '--comment', '--role', '--help']),
    );
    expect(await offered('deploy', 'cancel', '--')).not.toContain('--gate');
    expect(await offered('deploy', 'approve', '-n', 'shop', '--ga')).toEqual(['--gate']);
  });

  it('offers what an option or an argument may be', async () => {
    expect(await offered('deploy', 'start', '-o', '')).toEqual(['text', 'json', 'yaml']);
    expect(await offered('deploy', 'list', '--state', 'f')).toEqual(['failed']);
    expect(await offered('template', 'ca')).toEqual(['canary']);
    expect(await offered('completion', 'z')).toEqual(['zsh']);
  });

  it('offers files for a file, and nothing for what it cannot know', async () => {
    expect(await offered('deploy', 'start', '-f', 'package.js')).toEqual(['package.json']);
    expect(await offered('deploy', 'approve', '--gate', '')).toEqual(['']);
  });
});

describe.each([
  ['zsh', zshCompletion, ['-n']],
  ['fish', fishCompletion, ['--no-execute']],
] as const)('completion in %s', (shell, scriptOf, onlyReads) => {
  it('names every command, and is read where the shell is there', async ({ skip }) => {
    const script = scriptOf(root);
    for (const path of ['sluice deploy approve', 'sluice config validate', 'sluice completion'])
      expect(script).toContain(`'${path}'`);
    const isThere = await run(shell, ['--version']).catch(() => undefined);
    if (isThere === undefined) return skip(`There is no ${shell} here.`);
    await run(shell, [...onlyReads, '-c', script]);
  });
});
