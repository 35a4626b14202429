import { describe, expect, it } from '@jest/globals';
import type { Console } from '../../src/cli/console.js';
import { sayFailure } from '../../src/cli/failure.js';
import type { OutputFormat } from '../../src/cli/outputFormat.js';
import { ConflictError, InvalidFileError } from '../../src/client.js';
import { TerminalText } from '../../src/domain/terminalText.js';
import { SluiceError } from '../../src/errors.js';
import { KeptConsole } from './keptConsole.js';
import { report } from './reports.js';

async function said(error: unknown, format: OutputFormat = 'text', more: Partial<Console> = {}) {
  const now = () => new Date('2026-05-04T10:00:00Z');
  const console = Object.assign(new KeptConsole(), { drawable: false, now, ...more });
  const reason = await sayFailure(error, console, format);
  const { written: out, errors: err } = console;
  return { reason, out, err, json: () => JSON.parse(out) as unknown };
}

const invalid = new InvalidFileError([], ({ colour }) =>
  TerminalText.of(colour ? 'in colour' : 'plain'),
);

describe('a failure of a command', () => {
  it('that is expected is its sentences', async () => {
    expect(await said(new SluiceError('unreachable', 'It is away. Start it.'))).toMatchObject({
      reason: 'unreachable',
      out: '',
      err: 'It is away. Start it.\n',
    });
  });

  it('of a file is shown with the file, in colours where there are any', async () => {
    expect((await said(invalid)).err).toBe('plain\n');
    expect((await said(invalid, 'text', { colours: true })).err).toBe('in colour\n');
  });

  it('that nobody expected is one sentence, and says how to see more', async () => {
    const { reason, err } = await said(new Error('Something broke.'));
    expect(reason).toBe('internal');
    expect(err).toBe(
      'An unexpected error: Something broke. Set SLUICE_DEBUG=1 to see where it comes from.\n',
    );
    expect((await said('thrown text')).err).toMatch(/^An unexpected error: thrown text\. Set/);
  });

  it('that nobody expected is shown with its origin when that is asked for', async () => {
    const { err } = await said(new Error('broke'), 'text', { environment: { SLUICE_DEBUG: '1' } });
    expect(err).toMatch(/^Error: broke\n {4}at .*failure\.test\.ts/);
  });

  it('shows what caused it when its origin is asked for, and else not', async () => {
    const error = new SluiceError('unreachable', 'It is away.', { cause: new Error('ECONNRESET') });
    const { err } = await said(error, 'text', { environment: { SLUICE_DEBUG: '1' } });
    expect(err).toMatch(/^It is away\.\nCaused by: Error: ECONNRESET\n {4}at /);
    expect((await said(error)).err).toBe('It is away.\n');
  });

  it('is an object for scripts, beside the sentence', async () => {
    const conflict = await said(new ConflictError('shop', { running: report() }), 'json');
    expect(conflict.err).toContain('A deployment of "shop" is running already');
    expect(conflict.json()).toMatchObject({
      schemaVersion: 1,
      type: 'error',
      at: '2026-05-04T10:00:00.000Z',
      code: 'conflict',
      running: { deploymentId: '6d1f0c1e' },
      exitCode: 3,
    });
    expect((await said(invalid, 'json')).json()).toMatchObject({
      code: 'invalidFile',
      diagnostics: [],
    });
    expect((await said(new Error('broke'), 'json')).json()).toMatchObject({
      code: 'internal',
      exitCode: 1,
    });
  });
});
