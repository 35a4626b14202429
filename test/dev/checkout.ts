import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../../dev/setup/paths.js';

/** A command that has ended, and what it said. */
export interface Ended {
  /** 128 and more for a signal. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** A checkout of its own, to set up: only what the set-up needs, and programs made for the test. */
export class Checkout {
  private constructor(readonly folder: string) {}

  static async make(): Promise<Checkout> {
    const checkout = new Checkout(await mkdtemp(join(tmpdir(), 'sluice-checkout-')));
    await checkout.copy('dev/setup', 'bin', 'package.json', 'package-lock.json', '.npmrc');
    await checkout.copy('tsconfig.json', 'tsconfig.build.json');
    await mkdir(checkout.path('programs'));
    return checkout;
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  async copy(...paths: string[]): Promise<void> {
    for (const path of paths) {
      await cp(join(root, path), this.path(path), { recursive: true });
    }
  }

  /** Uses the packages of the real checkout. */
  async linkPackages(): Promise<void> {
    await symlink(join(root, 'node_modules'), this.path('node_modules'));
  }

  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(this.path(path)), { recursive: true });
    await writeFile(this.path(path), text);
  }

  /** A program on the PATH, as a shell script. Nothing else is on the PATH. */
  async program(name: string, script: string): Promise<void> {
    await this.write(`programs/${name}`, `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`);
    await chmod(this.path('programs', name), 0o755);
  }

  /** Makes sure of these steps of the set-up, by the names of their modules. */
  ensure(steps: string[], env: Record<string, string> = {}): Running {
    const imports = steps.map((step) => `import { ${step} } from './dev/setup/${step}.js';`);
    const script = [
      "import { ensure } from './dev/setup/ensure.js';",
      ...imports,
      `await ensure([${steps.join(', ')}]);`,
    ];
    return this.node(['--input-type=module', '--eval', script.join('\n')], env);
  }

  node(args: string[], env: Record<string, string> = {}): Running {
    const PATH = this.path('programs');
    return new Running(spawn(process.execPath, args, { cwd: this.folder, env: { PATH, ...env } }));
  }

  /** What the set-up has made, and what it has left. */
  async made(): Promise<string[]> {
    const local = await readdir(this.path('.local')).catch(() => []);
    const top = await readdir(this.folder);
    return [...local, ...top.filter((name) => name === 'node_modules' || name === 'dist')];
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

export class Running {
  readonly ended: Promise<Ended>;
  #stdout = '';
  #stderr = '';

  constructor(readonly child: ChildProcess) {
    child.stdout?.on('data', (text: Buffer) => (this.#stdout += text.toString()));
    child.stderr?.on('data', (text: Buffer) => (this.#stderr += text.toString()));
    this.ended = once(child, 'close').then(([exitCode]: (number | null)[]) => ({
      exitCode: exitCode ?? null,
      stdout: this.#stdout,
      stderr: this.#stderr,
    }));
  }
}
