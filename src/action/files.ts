import { randomUUID } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import type { Markdown } from '../domain/markdownText.js';
import { type Environment, variable } from '../settings/environment.js';

/** The outputs of `action.yml`. */
export const OUTPUTS = ['DEPLOYMENT_ID', 'LINK', 'RUN_RESULT'] as const;
export type Output = (typeof OUTPUTS)[number];

/** Hands outputs to the steps that follow. Elsewhere than on a runner nobody asks for them. */
export async function writeOutputs(
  environment: Environment,
  outputs: Partial<Record<Output, string>>,
): Promise<void> {
  const file = variable(environment, 'GITHUB_OUTPUT');
  if (file === undefined) return;
  const entries = Object.entries(outputs).map(([name, value]) => entry(name, value));
  await appendFile(file, entries.join(''));
}

/** A value may have lines: nobody can know the one that ends it. */
function entry(name: string, value: string): string {
  const end = `end-${randomUUID()}`;
  return `${name}<<${end}\n${value}\n${end}\n`;
}

/** Adds to what the page of the run shows of this step. */
export async function writeSummary(environment: Environment, { text }: Markdown): Promise<void> {
  const file = variable(environment, 'GITHUB_STEP_SUMMARY');
  if (file !== undefined) await appendFile(file, text);
}
