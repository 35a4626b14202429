import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from '../../dev/setup/paths.js';
import { allOf, treeOf } from '../../src/cli/completion/tree.js';
import { createProgram } from '../../src/cli/program.js';
import { KeptConsole } from '../cli/keptConsole.js';
import { typesOf } from '../cli/outputSchema.js';

const names = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
const pages = ['README.md', ...names.map((name) => `docs/${name}`)];

const read = (page: string): string => readFileSync(join(root, page), 'utf8');

/** The commands of `sluice` in a page's examples and in its texts. */
function commandsOf(page: string): string[] {
  const text = read(page);
  const blocks = [...text.matchAll(/^```(?:sh)?\n(.*?)^```$/gms)].flatMap(([, code = '']) =>
    code.replaceAll('\\\n', ' ').split('\n'),
  );
  const inline = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return [...blocks, ...inline].flatMap((line) => {
    const [, command] =
      /^(?:\$ |[A-Z_]+=\S+ )*(?:\.\/bin\/)?(sluice (?!deployment=)(?:[^|#>]|"[^"]*")*)/.exec(
        line,
      ) ?? [];
    return command === undefined || command.includes('…') ? [] : [command.trim()];
  });
}

function wordsOf(command: string): string[] {
  const words = command.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map((word) => word.replaceAll(/["']/g, ''));
}

/**
 * What the command line says to a command without carrying it out; empty when it takes it. A text
 * may leave out what has to be given.
 */
async function refusal(command: string): Promise<string> {
  const kept = new KeptConsole();
  const program = createProgram(kept, () => Promise.resolve());
  const [, ...words] = wordsOf(command);
  await program.parseAsync(words, { from: 'user' }).catch(() => undefined);
  return kept.errors.startsWith('Required option') ? '' : kept.errors;
}

describe('the commands in the documentation', () => {
  it.each(pages)('are ones that there are: %s', async (page) => {
    const program = createProgram(new KeptConsole(), () => Promise.resolve());
    const names = new Set(allOf(treeOf(program)).map(({ path }) => path));
    for (const command of commandsOf(page)) {
      const said = names.has(command) ? '' : await refusal(command);
      expect([command, said]).toEqual([command, '']);
    }
  });

  it('are found, and refused where there is no such option', async () => {
    expect(commandsOf('docs/operating.md').length).toBeGreaterThan(15);
    expect(await refusal('sluice deploy approve --bogus')).toContain("Unknown option '--bogus'");
  });
});

describe('what is said of objects for scripts', () => {
  it('is about every type of them, in the order of the schema', () => {
    const [, section = ''] =
      /## Objects for scripts\n(.*?)\n## /s.exec(read('docs/operating.md')) ?? [];
    const types = [...section.matchAll(/^\| `(\w+)`/gm)].map(([, type]) => type);
    expect(types).toEqual(typesOf());
  });
});
