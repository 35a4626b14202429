import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { guard } from './guard.js';
import { LastLines } from './lastLines.js';

/** A program that is started on this machine. */
export interface Program {
  /** What messages call it, such as `The Temporal server`. */
  name: string;
  command: string;
  args: string[];
  /** A sentence about the command that follows when it does not start, after a space. */
  origin?: string;
  /** Beside this process's own environment without what would point elsewhere. */
  env?: Record<string, string>;
  isReady: () => Promise<boolean>;
  /** How long it may take until it is ready. */
  deadlineMs?: number;
  /** How long it may take to end when it is asked to, until it is killed. */
  graceMs?: number;
}

/** A program that was started on this machine and is ready. */
export interface RunningProgram {
  name: string;
  pid: number;
  /** The last 50,000 characters that it has printed. */
  printed(): string;
  /** The last lines of that, to follow a sentence; empty when it has printed nothing. */
  lastLines(): string;
  /** Settles when it has ended, whoever ended it. */
  ended: Promise<void>;
  /** Asks it to end, and kills it when it takes too long. */
  stop(): Promise<void>;
  /** Kills it, as a crash would. */
  kill(): Promise<void>;
}

type ChildProgram = ChildProcessByStdio<null, Readable, Readable>;

const POLL_MS = 25;

/**
 * Starts a program in a process group of its own and waits until it is ready.
 *
 * @throws Error with the last lines that it printed, when it ends before or takes too long
 */
export async function startProgram(program: Program): Promise<RunningProgram> {
  const child = spawn(program.command, program.args, {
    detached: true,
    env: { ...neutralEnvironment(), ...program.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (child.pid !== undefined) guard(child);
  const output = new LastLines(child.stdout, child.stderr);
  await once(child, 'spawn').catch((cause: unknown) => {
    const message = `${program.name} cannot be started: ${String(cause)}.${program.origin ?? ''}`;
    throw new Error(message, { cause });
  });
  const running = runningProgram(program, child, output);
  try {
    await untilReady(program, child, output);
    return running;
  } catch (error) {
    await running.stop();
    throw error;
  }
}

/** Nothing that is started on this machine may meet the person's own AWS account or Temporal server. */
export function neutralEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(AWS|TEMPORAL|SLUICE)_/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

function runningProgram(
  { name, graceMs = 5000 }: Program,
  child: ChildProgram,
  output: LastLines,
): RunningProgram {
  const pid = child.pid!;
  // What it started itself must not outlive it.
  const ended = once(child, 'exit').then(() => signalGroup(pid, 'SIGKILL'));
  const send = (signal: NodeJS.Signals) => {
    if (!hasEnded(child)) signalGroup(pid, signal);
    return ended;
  };
  const stop = async () => {
    const timer = setTimeout(() => void send('SIGKILL'), graceMs);
    await send('SIGTERM');
    clearTimeout(timer);
  };
  const said = { printed: () => output.text, lastLines: () => output.quoted() };
  return { name, pid, ...said, ended, stop, kill: () => send('SIGKILL') };
}

function hasEnded(child: ChildProgram): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // Nothing of it is left.
  }
}

async function untilReady(program: Program, child: ChildProgram, output: LastLines): Promise<void> {
  const deadline = Date.now() + (program.deadlineMs ?? 30_000);
  while (!(await program.isReady())) {
    if (hasEnded(child)) {
      const how = child.signalCode ?? `exit code ${child.exitCode}`;
      throw problem(program, `ended before it was ready (${how})`, output);
    }
    if (Date.now() > deadline) {
      throw problem(program, 'did not get ready in time', output);
    }
    await sleep(POLL_MS);
  }
}

function problem({ name, origin = '' }: Program, what: string, output: LastLines): Error {
  return new Error(`${name} ${what}.${origin}${output.quoted()}`);
}
