import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { deploymentSummary } from '../../src/action/summary.js';
import { EXIT_CODES } from '../../src/cli/exitCodes.js';
import type { TargetView } from '../../src/cli/view/model.js';
import { action } from '../action/metadata.js';
import { blocks, ciPage, githubSteps, jobCommands } from './ciPage.js';

/** The rows of the tables that begin with such a column, as their cells. */
function rowsOf(column: string): string[][] {
  const [, table = ''] =
    new RegExp(`^\\| ${column} .*\\n\\|.*\\n((?:\\|.*\\n)+)`, 'm').exec(ciPage) ?? [];
  return table
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ *\| */).slice(1, -1));
}

/** What CI systems call the commit, and whoever made them run. */
const VARIABLES: Record<string, [commit: string, user: string]> = {
  CircleCI: ['CIRCLE_SHA1', 'CIRCLE_USERNAME'],
  Jenkins: ['GIT_COMMIT', 'BUILD_TAG'],
  Buildkite: ['BUILDKITE_COMMIT', 'BUILDKITE_BUILD_CREATOR'],
};

/** A command without the quotation marks around its words. */
const inWords = (command: string) => command.replaceAll(/"(\S+)"/g, '$1');

describe('the page on CI', () => {
  it('describes every input and output of the action as action.yml does', () => {
    const inputs = Object.entries(action.inputs).map(([name, input]) => {
      const byDefault = input.default === undefined ? '' : `\`${input.default}\``;
      return [`\`${name}\``, input.description, input.required === true ? 'required' : byDefault];
    });
    expect(rowsOf('input')).toEqual(inputs);
    const outputs = Object.entries(action.outputs);
    expect(rowsOf('output')).toEqual(
      outputs.map(([name, { description }]) => [`\`${name}\``, description]),
    );
  });

  it('explains every exit code', () => {
    expect(rowsOf('code')).toEqual(
      Object.values(EXIT_CODES).map(({ code, meaning }) => [String(code), meaning]),
    );
  });

  it('has YAML that can be read', () => {
    expect(blocks('yaml').length).toBeGreaterThan(5);
    for (const text of blocks('yaml')) expect(() => parse(text) as unknown).not.toThrow();
  });

  it('uses the action with inputs that it has', () => {
    const uses = githubSteps.filter((step) => step.uses?.startsWith('example/sluice@'));
    expect(uses.length).toBeGreaterThan(1);
    for (const { with: given = {} } of uses) {
      expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
      const required = Object.entries(action.inputs).filter(([, input]) => input.required);
      expect(Object.keys(given)).toEqual(expect.arrayContaining(required.map(([name]) => name)));
    }
    const outputs = [...ciPage.matchAll(/steps\.deploy\.outputs\.(\w+)/g)];
    expect(outputs.length).toBeGreaterThan(0);
    for (const [, name = ''] of outputs) expect(action.outputs).toHaveProperty(name);
  });

  it('has jobs of all CI systems that do the same', () => {
    const { 'GitLab CI': gitlab = [], ...others } = jobCommands();
    const deploying = gitlab.filter((command) => command.includes('deploy start'));
    expect(deploying).toHaveLength(1);
    for (const [system, [commit, user]] of Object.entries(VARIABLES)) {
      const same = (others[system] ?? []).map((command) =>
        command.replace(commit, 'CI_COMMIT_SHA').replace(user, 'GITLAB_USER_LOGIN'),
      );
      expect([system, same.map(inWords)]).toEqual([system, deploying.map(inWords)]);
    }
  });

  it('shows a summary as the action writes it', () => {
    const none = { functions: [], gates: [], findings: [], decisions: [], remarks: [] };
    const targets: TargetView[] = [
      {
        ...none,
        name: 'staging',
        place: '111111111111 us-east-1',
        state: { tone: 'good', text: 'deployed' },
        functions: [{ name: 'checkout', text: 'is live as version 8' }],
        decisions: ['staging/steps/2 was approved by alice: looks good'],
        duration: '0:42',
      },
      {
        ...none,
        name: 'production',
        place: '222222222222 us-east-1',
        state: { tone: 'rolledBack', text: 'rolled back' },
        functions: [{ name: 'checkout', text: 'is as it was before (version 7)' }],
        remarks: ['production/steps/2 was rejected by bob: the totals are wrong.'],
        duration: '25:12',
      },
    ];
    const summary = deploymentSummary({
      view: {
        application: 'checkout',
        state: { tone: 'bad', text: 'failed' },
        facts: [
          'deployment 01dd9a0f-3ca2-4b92-89ef-707514368788',
          'started by octocat',
          'commit 1f2e3d4',
        ],
        startedAt: '2026-11-25T12:00:00.000Z',
        targets,
        notices: [],
        ending: { summary: 'failed after 26:03: 1 deployed, 1 rolled back', failures: [] },
      },
      link: 'https://temporal.example.com/namespaces/shop/workflows/sluice%3Acheckout/01a210d1',
    });
    expect(blocks('text')).toEqual([`${summary.text.trimEnd()}\n`]);
  });
});
