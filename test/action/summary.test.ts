import { describe, expect, it } from '@jest/globals';
import * as summaries from '../../src/action/summary.js';
import type { DeploymentView, TargetView } from '../../src/cli/view/model.js';

const target = (name: string, changes: Partial<TargetView> = {}): TargetView => ({
  name,
  place: '111111111111 us-east-1',
  state: { tone: 'good', text: 'deployed' },
  functions: [],
  gates: [],
  findings: [],
  decisions: [],
  remarks: [],
  ...changes,
});

const deploymentSummary = (told: summaries.Told): string => summaries.deploymentSummary(told).text;

const view = (changes: Partial<DeploymentView> = {}): DeploymentView => ({
  application: 'shop',
  state: { tone: 'good', text: 'succeeded' },
  facts: [],
  startedAt: '2026-11-25T12:00:00.000Z',
  targets: [],
  notices: [],
  ...changes,
});

describe('the summary of a deployment', () => {
  it('has a row for each target, and below it what went wrong, was decided and was measured', () => {
    const failed = target('prod', {
      state: { tone: 'rolledBack', text: 'rolled back' },
      functions: [
        { name: 'orders', text: 'is as it was before (version 3)' },
        { name: 'carts', text: 'is as it was before (version 7)' },
      ],
      remarks: ['AWS refused the call. Try again.'],
      decisions: ['prod/steps/1 was approved by alice'],
      findings: ['prod/steps/2, run 1 of 1: errors is 0.2, above 0.1'],
      duration: '0:42',
    });
    const summary = deploymentSummary({
      view: view({
        state: { tone: 'bad', text: 'failed' },
        facts: ['deployment 1', 'commit 1f2e'],
        targets: [target('test'), failed],
        ending: { summary: 'failed after 1:02: 1 deployed, 1 rolled back', failures: ['More.'] },
      }),
      link: 'https://temporal.example.com/namespaces/a',
    });
    expect(summary).toBe(`### ✖ shop: failed after 1:02: 1 deployed, 1 rolled back

deployment 1 · commit 1f2e · [Temporal UI](<https://temporal.example.com/namespaces/a>)

| Target | Where | Outcome | Functions | Time |
| --- | --- | --- | --- | --- |
| test | 111111111111 us-east-1 | ✔ deployed |  |  |
| prod | 111111111111 us-east-1 | ↺ rolled back | orders: is as it was before (version 3)<br>carts: is as it was before (version 7) | 0:42 |

- **prod**: AWS refused the call. Try again.
- **prod**: prod/steps/1 was approved by alice
- **prod**: prod/steps/2, run 1 of 1: errors is 0.2, above 0.1
- More.

`);
  });

  it('takes nothing of a name or a message for markup, a link or a mention', () => {
    const hostile = '| <img src=x> [a](b) `c` **d** $e$ https://evil.example ![f](g) @team\n# h';
    const safe =
      '\\| \\<img src=x\\> \\[a\\](b) \\`c\\` \\*\\*d\\*\\* \\$e\\$ https:\\/\\/evil.example ' +
      '\\!\\[f\\](g) @\u2060team \\# h';
    const summary = deploymentSummary({
      view: view({
        application: hostile,
        facts: [hostile],
        targets: [
          target(hostile, { functions: [{ name: hostile, text: '' }], remarks: [hostile] }),
        ],
      }),
      link: 'https://a.example/>)[x](y',
      note: hostile,
    });
    expect(summary.split(safe)).toHaveLength(8);
    expect(summary).not.toContain(hostile);
    expect(summary).toContain('(<https://a.example/%3E)[x](y>)');
    expect(summaries.problemSummary(hostile, hostile.replace('\n', ' ')).text).toBe(
      `### ✖ ${safe}\n\n${safe}\n\n`,
    );
  });

  it('keeps to the size that GitHub takes, and to the targets that somebody has to look at', () => {
    const long = 'x'.repeat(500);
    const targets = Array.from({ length: 2000 }, (_, index) =>
      target(`t${index}`, {
        functions: [{ name: long, text: long }],
        remarks: index === 1999 ? [] : [long],
        ...(index === 1999 && { state: { tone: 'bad', text: 'blocked' } }),
      }),
    );
    const summary = deploymentSummary({ view: view({ targets }) });
    expect(summary).toMatch(/\| t1999 \| .* ✖ blocked/);
    expect(summary).toMatch(/\| t198 \| /);
    expect(summary).not.toMatch(/\| t199 \| /);
    expect(summary).toContain('and 1800 more targets');
    expect(summary).toContain('and 1899 more remarks');
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
  });

  it('shows commands as they are, whatever is in them', () => {
    const command = "temporal workflow signal --input '```'";
    const gate = { text: 'prod/steps/1 waits', answers: [{ purpose: 'To approve', command }] };
    const summary = deploymentSummary({
      view: view({ targets: [target('prod', { gates: [gate] })] }),
    });
    expect(summary).toContain(
      `prod/steps/1 waits\n\nTo approve:\n\n\`\`\`\`text\n${command}\n\`\`\`\`\n`,
    );
  });
});
