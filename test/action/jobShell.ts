import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../dev/setup/paths.js';
import { executable, tools } from '../../dev/setup/tools.js';
import { neutralEnvironment } from '../../src/local/processes.js';
import { NO_TEMPORAL_CONFIG } from '../support/temporalConfig.js';

/** The shell of a job in the image for CI systems, or in one that has Temporal's own command. */
export class JobShell {
  private constructor(
    /** What the job has checked out. */
    readonly workspace: string,
    private readonly programs: string,
    private readonly temporal: Record<string, string>,
  ) {}

  /** @param temporal - the variables that say where Temporal is */
  static async make(temporal: Record<string, string>): Promise<JobShell> {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-job-'));
    const programs = join(folder, 'programs');
    await mkdir(programs);
    // In the image the command is a link, too.
    await symlink(join(root, 'bin/sluice'), join(programs, 'sluice'));
    return new JobShell(folder, programs, temporal);
  }

  /** Runs a command as the shell of a job does. It fails as the command does. */
  async run(command: string, variables: Record<string, string> = {}) {
    const temporalCommand = dirname(executable(tools.temporalServer));
    const PATH = [this.programs, temporalCommand, process.env.PATH].join(':');
    const environment = { ...neutralEnvironment(), ...NO_TEMPORAL_CONFIG, ...this.temporal };
    return promisify(execFile)('sh', ['-e', '-c', command], {
      cwd: this.workspace,
      env: { ...environment, ...variables, PATH, CI: 'true' },
    });
  }

  async remove(): Promise<void> {
    await rm(this.workspace, { recursive: true });
  }
}
