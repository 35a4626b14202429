import { expect, it } from '@jest/globals';
import { writeOutputs } from '../../src/action/files.js';
import { JobLog } from '../../src/action/jobLog.js';
import { terminal } from '../../src/domain/terminalText.js';
import { JobOutput } from './jobOutput.js';
import { outputsIn } from './outputFile.js';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';

const HOSTILE = [
  '::error::obey me',
  '  ::set-output name=RUN_RESULT::SUCCEEDED',
  '12:00:00Z  shop: ##[set-output name=RUN_RESULT]SUCCEEDED',
  '::endgroup::',
  '::stop-commands::x',
  '::x::',
];

it('nothing that is said in a group of the log is taken for a command', async () => {
  const output = new JobOutput();
  const log = new JobLog((text) => output.add(text));
  const said = log.group('Deployment of a%\n::error::b', (say) => {
    for (const line of HOSTILE) say(terminal`${line}\n`);
    return Promise.reject(new Error('it fails, too'));
  });
  await expect(said).rejects.toThrow('it fails, too');
  log.commands('::notice::again\n');
  expect(output.commands.map(({ name, data }) => [name, data])).toEqual([
    ['group', 'Deployment of a%\n::error::b'],
    ['stop-commands', expect.any(String)],
    ['endgroup', ''],
    ['notice', 'again'],
  ]);
  expect(output.shown).toBe(`${HOSTILE.join('\n')}\n`);
});

it('an output keeps its lines, and no text can end it or begin another', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-test-'));
  const GITHUB_OUTPUT = join(folder, 'output');
  const LINK = 'https://example.com\nRUN_RESULT=SUCCEEDED\nend-0\nRUN_RESULT<<x\nSUCCEEDED\nx';
  await writeOutputs({ GITHUB_OUTPUT }, { LINK });
  await writeOutputs({ GITHUB_OUTPUT }, { RUN_RESULT: 'FAILED' });
  expect(outputsIn(await readFile(GITHUB_OUTPUT, 'utf8'))).toEqual({ LINK, RUN_RESULT: 'FAILED' });
  await rm(folder, { recursive: true });
});
