import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { type Program, startProgram } from '../../src/local/processes.js';
import { isAlive } from '../support/isAlive.js';
import { eventually } from '../support/until.js';

/** A program that does what the script says. */
function shell(script: string, more: Partial<Program> = {}): Program {
  return {
    name: 'The program',
    command: '/bin/sh',
    args: ['-c', script],
    isReady: () => Promise.resolve(true),
    ...more,
  };
}

const never = () => Promise.resolve(false);
const untilGone = (pid: number) => eventually(() => expect(isAlive(pid)).toBe(false), 5000);

describe('a program of the local stack', () => {
  it('ends when it is asked to', async () => {
    const program = await startProgram(shell('sleep 60'));
    expect(isAlive(program.pid)).toBe(true);
    await program.stop();
    expect(isAlive(program.pid)).toBe(false);
  });

  it('is killed when it does not', async () => {
    const stubborn = shell('trap "" TERM; while :; do sleep 0.1; done', { graceMs: 200 });
    const program = await startProgram(stubborn);
    await program.stop();
    expect(isAlive(program.pid)).toBe(false);
  });

  it('takes with it what it has started', async () => {
    const program = await startProgram(shell('sleep 60 & wait'));
    await program.kill();
    await eventually(() => expect(isAlive(-program.pid)).toBe(false));
  });

  it('says its last words when it ends before it is ready', async () => {
    const broken = shell('echo "no such database" >&2; exit 3', { isReady: never });
    await expect(startProgram(broken)).rejects.toThrow(
      'The program ended before it was ready (exit code 3). Its last lines:\nno such database',
    );
  });

  it('is stopped when it does not get ready', async () => {
    const slow = shell('echo $$; sleep 60', { isReady: never, deadlineMs: 200 });
    const message = await startProgram(slow).then(() => 'It did.', String);
    const pid = Number(/lines:\n(\d+)/.exec(message)?.[1]);
    expect(message).toContain('The program did not get ready in time.');
    expect(isAlive(pid)).toBe(false);
  });

  it('says when it cannot be started', async () => {
    const missing = { ...shell(''), command: '/nowhere/program' };
    await expect(startProgram(missing)).rejects.toThrow('/nowhere/program');
  });

  it('says where its command came from', async () => {
    const named = shell('exit 0', { isReady: never, origin: ' SLUICE_TEMPORAL names it.' });
    await expect(startProgram(named)).rejects.toThrow(
      'The program ended before it was ready (exit code 0). SLUICE_TEMPORAL names it.',
    );
  });

  it('does not meet the AWS account and the Temporal server of the person', async () => {
    process.env['AWS_PROFILE'] = 'production';
    const program = shell('echo "profile: $AWS_PROFILE"; exit 1', { isReady: never });
    await expect(startProgram(program)).rejects.toThrow(/profile:$/);
    delete process.env['AWS_PROFILE'];
  });

  it.each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)(
    'ends after its parent, by %s',
    async (signal) => {
      const script = fileURLToPath(new URL('startsAProgram.ts', import.meta.url));
      const parent = spawn(process.execPath, ['--import', 'tsx', script]);
      const [pid] = (await once(parent.stdout, 'data')) as [Buffer];
      expect(isAlive(Number(pid))).toBe(true);
      parent.kill(signal);
      await untilGone(Number(pid));
    },
  );
});
