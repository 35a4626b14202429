import { describe, expect, it } from '@jest/globals';
import type { Command } from 'commander';
import { createProgram } from '../../src/cli/program.js';
import { KeptConsole } from './keptConsole.js';

const run = () => Promise.resolve();
const program = createProgram(new KeptConsole(), run);

function commandsOf(command: Command, path: string[] = []): [path: string[], command: Command][] {
  return [
    [path, command],
    ...command.commands.flatMap((child) => commandsOf(child, [...path, child.name()])),
  ];
}

const named = commandsOf(program).flatMap(([path, { options }]) =>
  options
    .filter(({ short, long }) => short === '-n' || long === '--name' || long === '--application')
    .map((option) => ({ path, option })),
);

/** What a command says to a name, without doing anything. */
async function said(path: string[], name: string): Promise<string> {
  const kept = new KeptConsole();
  const words = ['node', 'sluice', ...path, '-n', name];
  await createProgram(kept, run)
    .parseAsync(words)
    .catch(() => undefined);
  return kept.errors;
}

describe('the option that names an application', () => {
  it('is there wherever a deployment is meant or made', () => {
    expect(named.map(({ path }) => path.join(' ')).sort()).toEqual(
      [
        ...['plan', 'start', 'status', 'watch', 'history', 'approve', 'reject', 'skip', 'answer'],
        ...['rollback', 'redeploy', 'cancel', 'retry', 'abandon'],
      ]
        .map((name) => `deploy ${name}`)
        .sort(),
    );
  });

  it.each(named)('is the same everywhere: $path', async ({ path, option }) => {
    expect(option.flags).toBe('-n, --name <application>');
    expect(option.description).toMatch(/^the application\b/);
    expect(option.parseArg?.(' cafe\u0301 ', undefined)).toBe('caf\u00e9');
    expect(await said(path, 'shop:prod')).toBe(
      "Option '-n, --name <application>' argument 'shop:prod' is invalid. It contains :. Use 1 to 100 " +
        'characters, without colons, quotes, backslashes and characters that nobody sees. Add ' +
        '--help to see what there is.\n',
    );
    expect(await said(path, '')).toContain('It is empty.');
  });
});
