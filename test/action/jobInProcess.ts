import { readFile } from 'node:fs/promises';
import type { ExitReason } from '../../src/cli/exitCodes.js';
import { INPUTS, type Input } from '../../src/action/inputs.js';
import { JobLog } from '../../src/action/jobLog.js';
import { runAction } from '../../src/action/run.js';
import type { System } from '../support/system.js';
import { NO_TEMPORAL_CONFIG } from '../support/temporalConfig.js';
import { uniqueName } from '../support/names.js';
import { until } from '../support/until.js';
import { JobOutput } from './jobOutput.js';
import { outputsIn } from './outputFile.js';

/** What a step of a job hands over for its inputs. */
export function variablesOf(inputs: Partial<Record<Input, string>>): Record<string, string> {
  const entries = Object.entries(inputs).map(([name, value]) => [INPUTS[name as Input], value]);
  return Object.fromEntries(entries) as Record<string, string>;
}

/** The action's program in this process. */
export class JobInProcess {
  readonly output = new JobOutput();
  readonly reason: Promise<ExitReason>;
  readonly #cancelled = new AbortController();
  readonly #files: Promise<{ GITHUB_OUTPUT: string; GITHUB_STEP_SUMMARY: string }>;

  constructor(
    system: System,
    inputs: Partial<Record<Input, string>>,
    environment: Record<string, string> = {},
  ) {
    this.#files = filesOf(system);
    this.reason = this.#run({ ...environment, ...variablesOf(inputs) });
  }

  cancel(): void {
    this.#cancelled.abort();
  }

  async says(text: string): Promise<void> {
    await until(`the job said: ${text}`, () => this.output.shown.includes(text) || undefined);
  }

  async outputs(): Promise<Record<string, string>> {
    return outputsIn(await readFile((await this.#files).GITHUB_OUTPUT, 'utf8'));
  }

  async summary(): Promise<string> {
    return readFile((await this.#files).GITHUB_STEP_SUMMARY, 'utf8');
  }

  async #run(environment: Record<string, string>): Promise<ExitReason> {
    return runAction({
      environment: { ...NO_TEMPORAL_CONFIG, ...environment, ...(await this.#files) },
      log: new JobLog((text) => this.output.add(text)),
      cancelled: this.#cancelled.signal,
    });
  }
}

async function filesOf(system: System) {
  return {
    GITHUB_OUTPUT: await system.file(uniqueName('output'), ''),
    GITHUB_STEP_SUMMARY: await system.file(uniqueName('summary'), ''),
  };
}
