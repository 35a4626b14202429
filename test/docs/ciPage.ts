import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../../dev/setup/paths.js';

export const ciPage = readFileSync(join(root, 'docs/ci.md'), 'utf8');

/** What stands on the page in blocks of a language. */
export function blocks(language: string): string[] {
  const pattern = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms');
  return [...ciPage.matchAll(pattern)].map(([, text = '']) => text);
}

/** The image that the page names. */
const IMAGE = 'registry.example.com/sluice-ci:0.1.0';

/** A step of a GitHub job. */
export interface WorkflowStep {
  uses?: string;
  with?: Record<string, unknown>;
  run?: string;
}

interface Workflow {
  jobs: Record<string, { steps: WorkflowStep[] }>;
}

/** All steps of GitHub jobs on the page, those that stand alone included. */
export const githubSteps: WorkflowStep[] = yamlBlocks().flatMap((block) => {
  if (Array.isArray(block)) return block as WorkflowStep[];
  const { jobs } = block as Partial<Workflow>;
  const all = 'on' in (block as object) ? Object.values(jobs ?? {}) : [];
  return all.flatMap(({ steps }) => steps);
});

function yamlBlocks(): unknown[] {
  return blocks('yaml').map((text) => parse(text) as unknown);
}

function yamlBlock<Content>(key: string): Content {
  const found = yamlBlocks().find((block) => key in (block as object));
  if (found === undefined) throw new Error(`docs/ci.md has no YAML with ${key}.`);
  return found as Content;
}

/** The shell commands of each CI system's job, with the image's command as `sluice`. */
export function jobCommands(): Record<string, string[]> {
  const gitlab = yamlBlock<{ deploy: { script: string[] } }>('deploy');
  const circle = yamlBlock<{ version: number; jobs: Workflow['jobs'] }>('version');
  const buildkite = yamlBlock<{ steps: [{ plugins: [Record<string, { command: string[] }>] }] }>(
    'steps',
  );
  const [plugin] = Object.values(buildkite.steps[0].plugins[0]);
  const circleSteps = circle.jobs['deploy']?.steps as unknown as { run?: { command: string } }[];
  const [, jenkins = ''] = /^ +sh '(.*)'$/m.exec(blocks('groovy')[0] ?? '') ?? [];
  return {
    'GitLab CI': gitlab.deploy.script,
    CircleCI: circleSteps.flatMap(({ run }) => run?.command ?? []),
    Jenkins: [jenkins],
    // Each word is an argument, and each variable's value is put in by Buildkite.
    Buildkite: [['sluice', ...(plugin?.command ?? []).map((word) => `"${word}"`)].join(' ')],
    'a pull request': githubSteps.flatMap(({ run = '' }) => {
      const [, args] = run.split(`${IMAGE} `);
      return args === undefined ? [] : [`sluice ${args}`];
    }),
  };
}
