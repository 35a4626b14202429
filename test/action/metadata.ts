import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../../dev/setup/paths.js';

export interface ActionInput {
  description: string;
  required?: boolean;
  default?: string;
  deprecationMessage?: string;
}

export interface ActionStep {
  id?: string;
  name?: string;
  run: string;
  shell: string;
  env?: Record<string, string>;
}

/** `action.yml`, as GitHub reads it. */
export interface Action {
  name: string;
  description: string;
  inputs: Record<string, ActionInput>;
  outputs: Record<string, { description: string; value: string }>;
  runs: { using: string; steps: ActionStep[] };
}

export const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action;
