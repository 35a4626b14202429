import { type ChildProcess, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('guardian.js', import.meta.url));

let guardian: Writable | undefined;
let guarded = 0;

/**
 * Has the process's group ended when this process is gone, even if it was killed or crashed. The
 * one guardian of this process must outlive it, so it is no part of its process group either. It
 * ends when it has nobody left to guard.
 */
export function guard(child: ChildProcess): void {
  guardian ??= startGuardian();
  const input = guardian;
  guarded += 1;
  input.write(`+${child.pid}\n`);
  child.once('exit', () => {
    input.write(`-${child.pid}\n`);
    guarded -= 1;
    if (guarded > 0) return;
    input.end();
    guardian = undefined;
  });
}

function startGuardian(): Writable {
  const child = spawn(process.execPath, [script], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.unref();
  // An open pipe would keep this process alive.
  (child.stdin as Writable & { unref(): void }).unref();
  return child.stdin;
}
