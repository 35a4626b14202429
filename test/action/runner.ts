import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../dev/setup/paths.js';
import { guard } from '../../src/local/guard.js';
import { neutralEnvironment } from '../../src/local/processes.js';
import { NO_TEMPORAL_CONFIG } from '../support/temporalConfig.js';
import { until } from '../support/until.js';
import { evaluated } from './expressions.js';
import { JobOutput } from './jobOutput.js';
import { action, type ActionStep } from './metadata.js';
import { outputsIn } from './outputFile.js';

/** A step of a workflow that uses the action. */
export interface Use {
  with: Record<string, string>;
  /** The environment of the job. */
  env?: Record<string, string>;
  /** What the job has checked out. */
  workspace: string;
}

/** Runs the steps of `action.yml`, one after the other until one fails, as a runner does. */
export class ActionRun {
  readonly output = new JobOutput();
  /** Of the last step that ran. */
  exitCode: number | null = null;
  outputs: Record<string, string> = {};
  summary = '';
  readonly ended: Promise<void>;
  #child: ChildProcess | undefined;

  constructor(private readonly use: Use) {
    this.ended = this.#run();
  }

  /** As when somebody cancels the job: the step's own process gets the signal. */
  cancel(): void {
    this.#child?.kill('SIGINT');
  }

  /** Waits until its log says something. */
  async says(text: string): Promise<void> {
    await until(`the job said: ${text}`, () => this.output.shown.includes(text) || undefined);
  }

  async #run(): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'sluice-runner-'));
    const steps: Record<string, { outputs: Record<string, string> }> = {};
    for (const step of action.runs.steps) {
      const outputs = await this.#step(step, folder);
      if (step.id !== undefined) steps[step.id] = { outputs };
      if (this.exitCode !== 0) break;
    }
    const values = Object.entries(action.outputs);
    this.outputs = Object.fromEntries(
      values.map(([name, { value }]) => [name, evaluated(value, { steps })]),
    );
    await rm(folder, { recursive: true });
  }

  async #step({ run, env = {} }: ActionStep, folder: string): Promise<Record<string, string>> {
    const files = ['script', 'output', 'summary'].map((name) => join(folder, name));
    const [script = '', output = '', summary = ''] = files;
    for (const file of files) await writeFile(file, file === script ? run : '');
    // What a runner runs for `shell: bash`.
    const bash = ['--noprofile', '--norc', '-eo', 'pipefail', script];
    const child = spawn('bash', bash, {
      cwd: this.use.workspace,
      env: { ...this.#environment(env), GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    guard(child);
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => this.output.add(text));
    [this.exitCode] = (await once(child, 'close')) as [number | null];
    this.summary += await readFile(summary, 'utf8');
    return outputsIn(await readFile(output, 'utf8'));
  }

  #environment(ofStep: Record<string, string>): NodeJS.ProcessEnv {
    const contexts = { inputs: this.#inputs(), github: { action_path: root } };
    const entries = Object.entries(ofStep).map(([name, text]) => [name, evaluated(text, contexts)]);
    return {
      ...neutralEnvironment(),
      ...NO_TEMPORAL_CONFIG,
      ...this.use.env,
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTION_PATH: root,
      GITHUB_WORKSPACE: this.use.workspace,
      ...(Object.fromEntries(entries) as Record<string, string>),
    };
  }

  /** An input that is not given and has no default is empty text. */
  #inputs(): Record<string, string> {
    const known = Object.entries(action.inputs);
    const defaults = known.map(([name, input]) => [name, input.default ?? '']);
    return { ...(Object.fromEntries(defaults) as Record<string, string>), ...this.use.with };
  }
}

/** Runs the action to its end. */
export async function runAction(use: Use): Promise<ActionRun> {
  const run = new ActionRun(use);
  await run.ended;
  return run;
}
