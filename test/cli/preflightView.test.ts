import { describe, expect, it } from '@jest/globals';
import { StreamPresenter } from '../../src/cli/presenter/streamPresenter.js';
import type { Console } from '../../src/cli/console.js';
import { terminal, TerminalText } from '../../src/domain/terminalText.js';
import { coloured, plain } from '../../src/cli/view/paint.js';
import { preflightLines } from '../../src/cli/view/preflightView.js';
import { preflight, production, staging } from './preflights.js';

function linesOf(...given: Parameters<typeof preflightLines>): string[] {
  return preflightLines(...given).map(({ text }) => text);
}

describe('what would change', () => {
  it('is drawn target by target, with old and new', () => {
    expect(linesOf(preflight(), plain)).toEqual([
      'checkout  what would change',
      'deployment 01dd9a0f-3ca2-4b92-89ef-707514368788',
      '',
      'staging  111111111111 eu-west-1',
      '  = cart  stays as it is (serves version 4)',
      '  + orders  would be created',
      '    code          6UJzQYSUox52 from s3://shop/orders.zip',
      '    runAsIamRole  arn:aws:iam::111111111111:role/Run',
      '    layers        none',
      '    environment   +TABLE',
      '    traffic       alias live would be created, for the new version',
      '',
      'production  222222222222 us-east-1',
      '  ~ orders  would change (serves version 7)',
      '    code          6UJzQYSUox52 → VYG6UMk9f3Ow from s3://shop/orders.zip?versionId=3',
      '    memorySize    128 → 256',
      '    environment   +TABLE, ~MODE, -OLD',
      '    traffic       live: version 7 (75 %) and version 8 (25 %) → 10 %, 50 %, 100 % on the new version',
      '    ✖ The deploy role lacks lambda:UpdateAlias. Give it lambda:UpdateAlias. [accessDenied]',
      '    ! orders belongs to the CloudFormation stack shop.',
      '  ? stock  could not be looked at',
      '',
      'Could not be checked (-o json says why):',
      '  ! how much room for code the account has (lambda:GetAccountSettings): not checked in 1 place',
      '  ! permissions that the deploy role lacks (iam:SimulatePrincipalPolicy): not checked in 2 places',
      '',
      'Functions: 1 to create, 1 to change, 1 unchanged, 1 unknown. 1 problem, 4 warnings. Nothing was written.',
    ]);
  });

  it('of a plan that cannot start says why', () => {
    const conflict = { code: 'conflict', message: 'Another one runs.', remedy: 'Wait.' } as const;
    const counts = { ...preflight({ targets: [] }).counts, problems: 1 };
    const found = preflight({ targets: [], problems: [conflict], counts });
    expect(linesOf(found, plain).slice(2)).toEqual([
      '✖ Another one runs. Wait. [conflict]',
      '',
      'Nothing was looked at. 1 problem, 0 warnings. Nothing was written.',
    ]);
  });

  it('of a plan that waits for its turn tells what runs', () => {
    const warning = { code: 'deploymentInProgress', message: 'Another one runs.' } as const;
    const found = preflight({ targets: [], warnings: [warning] });
    expect(linesOf(found, plain)[2]).toBe('! Another one runs.');
  });

  it('of code that is kept before it is replaced says where', () => {
    const keptCode = 's3://shop/replaced/orders/6b42.zip';
    const one = { ...production.functions[0]!, keptCode };
    const found = preflight({ targets: [{ ...production, functions: [one] }] });
    expect(linesOf(found, plain)).toContain(`    replacedCode  kept as ${keptCode}`);
  });

  it.each([
    [{ before: 8, after: 20, meanwhile: 28 }, '8 → 20, 28 while both versions have it'],
    [{ before: 0, after: 20, meanwhile: 20 }, 'none → 20'],
    [{ before: 8, after: 0, meanwhile: 8 }, '8 → none'],
  ])('of provisioned concurrency says how much there is, also meanwhile', (change, text) => {
    const one = { ...production.functions[0]!, provisionedConcurrency: change };
    const found = preflight({ targets: [{ ...production, functions: [one] }] });
    expect(linesOf(found, plain)).toContain(`    provisioned   ${text}`);
  });

  it('of an alias that serves $LATEST says what it is pointed at first', () => {
    const one = {
      ...production.functions[0]!,
      servedVersion: '$LATEST',
      alias: {
        name: 'live',
        created: false,
        before: { version: '$LATEST', weights: {} },
        pinnedFirst: true as const,
        weights: [10, 100],
      },
    };
    const found = preflight({ targets: [{ ...production, functions: [one] }] });
    expect(linesOf(found, plain)).toEqual(
      expect.arrayContaining([
        '  ~ orders  would change (serves $LATEST)',
        '    traffic       live: $LATEST → a version of what it is now → 10 %, 100 % on the new version',
      ]),
    );
  });

  it('of a first deployment says which steps it leaves out', () => {
    const found = preflight({ targets: [{ ...staging, leavesOutPauses: true }] });
    expect(linesOf(found, plain)).toContain(
      '  nothing serves traffic yet: pauses after weights are left out; approvals, webhooks and analyses stay',
    );
  });

  it('says where code is written again, and that traffic without an alias changes at once', () => {
    const code = { before: 'abc', after: 'abc', package: 's3://shop/orders.zip' };
    const one = { ...staging.functions[0]!, name: 'cart', change: 'change' as const, code };
    const found = preflight({ targets: [{ ...staging, functions: [one] }] });
    expect(linesOf(found, plain)).toEqual(
      expect.arrayContaining([
        '    code          abc, written again from s3://shop/orders.zip',
        '    traffic       all at once',
      ]),
    );
  });

  it('says what changes of a whole function, and no traffic where nothing else does', () => {
    const { code: _code, ...function_ } = staging.functions[0]!;
    const functionWide = [
      {
        name: 'tags',
        before: { team: null, stage: 'test' },
        after: { team: 'shop', stage: 'prod' },
      },
      { name: 'reservedConcurrency', before: 'none', after: 20 },
      {
        name: 'runtimeManagementConfig',
        before: { updateRuntimeOn: 'Auto' },
        after: { updateRuntimeOn: 'Manual', runtimeVersionArn: 'arn' },
      },
    ] as const;
    const one = { ...function_, name: 'cart', change: 'change' as const, settings: [] };
    const found = preflight({
      targets: [{ ...staging, functions: [{ ...one, functionWide: [...functionWide] }] }],
    });
    const lines = linesOf(found, plain);
    expect(lines).toEqual(
      expect.arrayContaining([
        `    ${'tags'.padEnd(23)} +team=shop, ~stage=test → prod`,
        `    ${'reservedConcurrency'.padEnd(23)} none → 20`,
        '    runtimeManagementConfig Auto → Manual arn',
      ]),
    );
    expect(lines.join('\n')).not.toContain('all at once');
  });

  it('shows no character of a name or a message that a terminal would obey', () => {
    const hostile = 'a\u001b[31m\u202eb\n';
    const one = { ...staging.functions[0]!, name: hostile };
    const problem = { code: 'internal', message: hostile } as const;
    const target = { ...staging, target: hostile, problems: [problem], functions: [one] };
    const lines = linesOf(preflight({ application: hostile, targets: [target] }), plain);
    expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('has colours on a terminal', () => {
    const lines = linesOf(preflight(), coloured);
    expect(lines[0]).toBe('\u001B[1mcheckout\u001B[22m  what would change');
    expect(lines[5]).toBe('  \u001B[32m+\u001B[39m orders  \u001B[32mwould be created\u001B[39m');
  });

  it('is one object for scripts, with the exit code', () => {
    let written = '';
    const console = {
      out: ({ text }: TerminalText) => (written += text),
      now: () => new Date('2026-11-25T12:00:00Z'),
    } as unknown as Console;
    const presenter = new StreamPresenter(
      console,
      (object) => terminal`${TerminalText.json(object)}\n`,
    );
    presenter.preflight(preflight(), 'failed');
    expect(written.split('\n')).toHaveLength(2);
    expect(JSON.parse(written)).toEqual({
      schemaVersion: 1,
      type: 'preflight',
      at: '2026-11-25T12:00:00.000Z',
      preflight: preflight(),
      exitCode: 4,
    });
  });
});
