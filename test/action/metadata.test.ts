import { describe, expect, it } from '@jest/globals';
import { OUTPUTS } from '../../src/action/files.js';
import { INPUTS } from '../../src/action/inputs.js';
import { action } from './metadata.js';

const { inputs, outputs, runs } = action;
const [setUp, deploy] = runs.steps;

/** What GitHub knows of each part: https://docs.github.com/actions, metadata syntax. */
const KNOWN = {
  action: ['name', 'author', 'description', 'inputs', 'outputs', 'runs', 'branding'],
  input: ['description', 'required', 'default', 'deprecationMessage'],
  output: ['description', 'value'],
  runs: ['using', 'steps'],
  step: ['name', 'id', 'if', 'run', 'shell', 'env', 'working-directory', 'continue-on-error'],
};

function expectKnown(value: object, kind: keyof typeof KNOWN): void {
  expect(Object.keys(value).filter((key) => !KNOWN[kind].includes(key))).toEqual([]);
}

describe('action.yml', () => {
  it('is what GitHub takes for a composite action', () => {
    expectKnown(action, 'action');
    expectKnown(runs, 'runs');
    expect([typeof action.name, typeof action.description]).toEqual(['string', 'string']);
    expect(runs.using).toBe('composite');
    for (const step of runs.steps) {
      expectKnown(step, 'step');
      expect(step).toMatchObject({ run: expect.any(String), shell: 'bash' });
    }
  });

  it('describes its inputs, whose defaults are text', () => {
    for (const [name, input] of Object.entries(inputs)) {
      expectKnown(input, 'input');
      expect([name, input.description]).toEqual([name, expect.stringMatching(/^[\w=].*\.$/)]);
      expect([name, typeof (input.default ?? '')]).toEqual([name, 'string']);
    }
  });

  it('has the outputs of its last step', () => {
    const values = OUTPUTS.map((name) => [name, `\${{ steps.${deploy?.id}.outputs.${name} }}`]);
    expect(Object.entries(outputs).map(([name, { value }]) => [name, value])).toEqual(values);
    for (const output of Object.values(outputs)) {
      expectKnown(output, 'output');
      expect(output.description).toMatch(/\.$/);
    }
  });

  it('hands every input over in a variable, to the last step alone', () => {
    const env = Object.entries(INPUTS).map(([name, variable]) => [
      variable,
      `\${{ inputs.${name} }}`,
    ]);
    expect(Object.keys(inputs)).toEqual(Object.keys(INPUTS));
    expect(deploy?.env).toEqual(Object.fromEntries(env));
    expect(setUp).not.toHaveProperty('env');
    expect(runs.steps).toHaveLength(2);
  });

  it('has no text of a workflow in its scripts, and becomes the program that signals reach', () => {
    for (const { run } of runs.steps) expect(run).toMatch(/^exec node "[^"`{}]+"( action)?$/);
  });
});
