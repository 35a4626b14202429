import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { answers } from '../../dev/stack/answers.js';
import { LOOPBACK, portOrFree } from '../../src/local/ports.js';
import { startProgram, type RunningProgram } from '../../src/local/processes.js';
import { until } from './until.js';

const COMMAND = 'prometheus';

/** Whether the tests that need it can run. */
export const hasPrometheus = spawnSync(COMMAND, ['--version']).status === 0;

/** What is said of tests that cannot run without it. */
export const WITHOUT_PROMETHEUS = hasPrometheus
  ? ''
  : ' (skipped: there is no `prometheus` on the PATH; Debian and Ubuntu have a package of that name)';

/** A Prometheus of a test's own, which scrapes once a second. */
export class Prometheus {
  private constructor(
    private readonly program: RunningProgram,
    private readonly folder: string,
    /** As the settings of a provider have it. */
    readonly url: string,
  ) {}

  /** @param targets - host:port of each page of metrics */
  static async start(targets: readonly string[]): Promise<Prometheus> {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-prometheus-'));
    const port = await portOrFree(undefined, 'Prometheus');
    const url = `http://${LOOPBACK}:${port}`;
    const file = join(folder, 'prometheus.yml');
    await writeFile(file, stringify(configuration(targets)));
    try {
      const program = await startProgram({
        name: 'Prometheus',
        command: COMMAND,
        args: [
          `--config.file=${file}`,
          `--storage.tsdb.path=${join(folder, 'data')}`,
          `--web.listen-address=${LOOPBACK}:${port}`,
          '--log.level=warn',
        ],
        isReady: () => answers(`${url}/-/ready`),
      });
      return new Prometheus(program, folder, url);
    } catch (error) {
      await rm(folder, { recursive: true });
      throw error;
    }
  }

  /** Waits until an expression gives something. */
  async knows(expression: string): Promise<void> {
    await until(`Prometheus knows ${expression}`, async () => {
      const query = new URLSearchParams({ query: expression });
      const answer = await fetch(`${this.url}/api/v1/query?${query.toString()}`);
      const { data } = (await answer.json()) as { data?: { result: unknown[] } };
      return data !== undefined && data.result.length > 0 ? true : undefined;
    });
  }

  async stop(): Promise<void> {
    await this.program.stop();
    await rm(this.folder, { recursive: true });
  }
}

function configuration(targets: readonly string[]): object {
  return {
    global: { scrape_interval: '1s' },
    scrape_configs: [{ job_name: 'functions', static_configs: [{ targets }] }],
  };
}
