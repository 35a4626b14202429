import { beforeAll, describe, expect, it } from '@jest/globals';
import { bashCompletion } from '../../src/cli/completion/bash.js';
import { fishCompletion } from '../../src/cli/completion/fish.js';
import { type CommandNode, treeOf } from '../../src/cli/completion/tree.js';
import { zshCompletion } from '../../src/cli/completion/zsh.js';
import { createProgram } from '../../src/cli/program.js';
import { blocksOf } from '../docs/support/blocks.js';
import { isThere, offeredIn } from './completingShells.js';
import { KeptConsole } from './keptConsole.js';

let root: CommandNode;
beforeAll(() => {
  root = treeOf(createProgram(new KeptConsole(), () => Promise.resolve()));
});

/** What the script's comment says a person types. */
function usage(script: string): string {
  return /^# Completion of sluice for \w+\. Use it with: (.*)$/m.exec(script)?.[1] ?? '';
}

describe.each([
  ['bash', bashCompletion],
  ['zsh', zshCompletion],
  ['fish', fishCompletion],
] as const)('completion in %s', (shell, scriptOf) => {
  const isHere = isThere(shell);
  const offered = (...lines: string[]) => offeredIn(shell, scriptOf(root), lines);

  it('names every command', () => {
    for (const path of ['sluice deploy approve', 'sluice config validate', 'sluice completion'])
      expect(scriptOf(root)).toContain(`'${path}'`);
  });

  const why = isHere ? '' : ` (skipped: there is no ${shell} here)`;
  (isHere ? describe : describe.skip)(`of what is typed${why}`, () => {
    it('offers commands', async () => {
      expect(await offered('sluice de', 'sluice deploy a')).toEqual([
        ['deploy', 'dev'],
        ['abandon', 'answer', 'approve'],
      ]);
    });

    it('offers the options of the command that is there', async () => {
      const [approve, cancel, gate] = await offered(
        'sluice deploy approve --',
        'sluice deploy cancel --',
        'sluice deploy approve -n shop --ga',
      );
      expect(approve).toEqual(
        expect.arrayContaining(['--name', '--gate', '--comment', '--role', '--help']),
      );
      expect(cancel).toContain('--name');
      expect(cancel).not.toContain('--gate');
      expect(gate).toEqual(['--gate']);
    });

    it('offers what an option or an argument may be', async () => {
      const lines = ['deploy start -o ', 'deploy list --state f', 'template ca', 'completion z'];
      expect(await offered(...lines.map((line) => `sluice ${line}`))).toEqual([
        ['json', 'text', 'yaml'],
        ['failed'],
        ['canary'],
        ['zsh'],
      ]);
    });

    it('offers files for a file, and nothing for what it cannot know', async () => {
      const lines = ['sluice deploy start -f package.js', 'sluice deploy approve --gate '];
      expect(await offered(...lines)).toEqual([['package.json'], []]);
    });

    it('is there once what the script says of itself has been typed', async () => {
      const typed = usage(scriptOf(root));
      expect(typed).toContain(`sluice completion ${shell}`);
      expect(await offeredIn(shell, typed, ['sluice completion f'])).toEqual([['fish']]);
    });
  });
});

it('is made in bash as docs/operating.md says', () => {
  const blocks = blocksOf('docs/operating.md').filter(({ text }) => text.includes('completion'));
  expect(blocks.map(({ text }) => text)).toEqual([`${usage(bashCompletion(root))}\n`]);
});
