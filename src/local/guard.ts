import { type ChildProcess, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('guardian.js', import.meta.url));

let guardian: Writable | undefined;

/**
 * Has the process's group ended when this process is gone, even if it was killed or crashed. The
 * one guardian of this process must outlive it, so it is no part of its process group either.
 */
export function guard(child: ChildProcess): void {
  guardian ??= startGuardian();
  const input = guardian;
  input.write(`+${child.pid}\n`);
  child.once('exit', () => input.write(`-${child.pid}\n`));
}

function startGuardian(): Writable {
  // The process of a test would go on without its runner, and with it all that it has started.
  if (process.connected) process.once('disconnect', () => process.exit(1));
  const child = spawn(process.execPath, [script], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  // An open pipe would keep this process alive.
  (child.stdin as Writable & { unref(): void }).unref();
  return child.stdin;
}
