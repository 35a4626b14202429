import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { createCallbackAddresses } from '../../src/callbacks/addresses.js';
import { createCallbackReader } from '../../src/callbacks/reader.js';
import { checkPlan, readDeployment } from '../../src/config/index.js';
import { hasPlaceholder } from '../../src/config/rules/placeholders.js';
import { agentCommand, signalCommand, sluiceCommand } from '../../src/domain/commands.js';
import { gateId, targetOfGate } from '../../src/domain/gates.js';
import { marked, summaryText } from '../../src/domain/markdownText.js';
import {
  agentTaskQueue,
  deploymentWorkflowId,
  queueWorkflowId,
  targetWorkflowId,
} from '../../src/domain/names.js';
import { nameProblem, NAMES, normalName, type NameKind } from '../../src/domain/naming.js';
import { applicationOfQueue } from '../../src/domain/queue.js';
import { readRequest } from '../../src/domain/requests.js';
import { terminal } from '../../src/domain/terminalText.js';
import { TOKEN_LIMIT } from '../../src/gateway/limits.js';
import { parseSettings } from '../../src/settings/document.js';
import { fits } from '../../src/settings/pattern.js';
import { KEY, someClaims, tokenOf } from '../callbacks/support.js';
import { anyCharacter } from '../support/anyCharacter.js';

/**
 * A name that is accepted works wherever names are: each surface is tried with names of every
 * kind, of any characters and of the full length.
 */

/** Characters that mean something somewhere. */
const MEANING = [...'\\\'"`$!&|;<>(){}[]*?#~%=@/:,.- \t', 'é', 'ß', '東', '🥔', '\u0301', '\u202e'];

const characters = fc.oneof(
  fc.constantFrom(...MEANING),
  fc.string({ unit: anyCharacter, minLength: 1, maxLength: 1 }),
);

/** Names of a kind as they are accepted, many of them as long as they may be. */
function names(kind: NameKind): fc.Arbitrary<string> {
  const { maxLength } = NAMES[kind];
  const lengths = fc.oneof(fc.nat({ max: 8 }), fc.constantFrom(maxLength - 1, maxLength));
  return (
    lengths
      .chain((length) => fc.array(characters, { minLength: length, maxLength: length }))
      .map((parts) => parts.filter((part) => nameProblem(`x${part}x`, kind) === undefined).join(''))
      .map((name) => normalName(name))
      // As a key of YAML, this one means something else.
      .filter((name) => name !== '<<' && nameProblem(name, kind) === undefined)
  );
}

const application = names('application');
const target = names('target');
const role = names('role');
const lists = fc.constantFrom('before', 'steps', 'after' as const);
const steps = fc.integer({ min: 1, max: 100 });

/** The same name as somebody may write it. */
function written(name: string): string {
  return `  ${name.normalize('NFD')}\n`;
}

interface Names {
  application: string;
  target: string;
  strategy: string;
  webhook: string;
  query: string;
  role: string;
  provider: string;
  agent: string;
}

/** What looks like a variable is taken for one in files and in plans, where nobody fills it in. */
const meant = (kind: NameKind): fc.Arbitrary<string> =>
  names(kind).filter((name) => !hasPlaceholder(name));

const allNames = fc.record<Names>({
  application: meant('application'),
  target: meant('target'),
  strategy: meant('strategy'),
  webhook: meant('webhook'),
  query: meant('query'),
  role: meant('role'),
  provider: meant('provider'),
  agent: meant('agent'),
});

function fileWith(given: Names): string {
  const { webhook, query } = given;
  const step = [
    { pause: { untilApproved: true, requiresRoles: [given.role] } },
    { runWebhook: { name: webhook } },
    { analysis: { interval: 1, units: 'minutes', numberOfJudgmentRuns: 1, queries: [query] } },
  ];
  return JSON.stringify({
    version: 'v1',
    kind: 'lambda',
    application: given.application,
    targets: {
      [given.target]: {
        account: 'shop',
        deployAsIamRole: 'arn:aws:iam::111111111111:role/Deploy',
        region: 'us-east-1',
        strategy: given.strategy,
      },
    },
    artifacts: [{ functionName: 'orders', path: 's3://packages/orders.zip', type: 'zipFile' }],
    providerOptions: {
      lambda: [
        {
          target: given.target,
          name: 'orders',
          runAsIamRole: 'arn:aws:iam::111111111111:role/Run',
          handler: 'index.handler',
          runtime: 'nodejs24.x',
        },
      ],
    },
    strategies: { [given.strategy]: { canary: { steps: step } } },
    analysis: {
      defaultMetricProviderName: given.provider,
      queries: [{ name: query, queryTemplate: 'sum(errors)', upperLimit: 1 }],
    },
    webhooks: [
      {
        name: webhook,
        method: 'POST',
        uriTemplate: 'https://ci.example.com/',
        disableCallback: true,
        networkMode: 'remoteNetworkAgent',
        agentIdentifier: given.agent,
      },
    ],
  });
}

function planOf(text: string) {
  const { plan, diagnostics } = readDeployment(text, { deploymentId: 'd1' });
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors).toEqual([]);
  return plan!;
}

describe('every name that is accepted', () => {
  it('is so in a file and in the plan that it means, however it is written', () => {
    fc.assert(
      fc.property(allNames, (given) => {
        const plan = planOf(fileWith(given));
        const all = Object.entries(given) as [keyof Names, string][];
        const other = Object.fromEntries(all.map(([kind, name]) => [kind, written(name)]));
        expect(planOf(fileWith(other as unknown as Names))).toEqual(plan);
        expect(checkPlan(JSON.parse(JSON.stringify(plan)))).toEqual({ plan });
        const [one] = plan.targets;
        expect([plan.application, one?.name, one?.strategy]).toEqual([
          given.application,
          given.target,
          given.strategy,
        ]);
        expect(plan.strategies[given.strategy]?.steps).toMatchObject([
          { requiresRoles: [given.role] },
          { webhook: given.webhook },
          { queries: [{ query: given.query, provider: given.provider }] },
        ]);
        expect(plan.webhooks[given.webhook]).toMatchObject({ agentIdentifier: given.agent });
      }),
      { numRuns: 60 },
    );
  });

  it('has an id of its own, whatever the form in which somebody asks for it', () => {
    fc.assert(
      fc.property(application, target, names('agent'), (app, name, agent) => {
        expect(deploymentWorkflowId(written(app))).toBe(`sluice:${app}`);
        expect(targetWorkflowId(written(app), written(name))).toBe(`sluice:${app}:${name}`);
        expect(applicationOfQueue(queueWorkflowId(written(app)))).toBe(app);
        expect(agentTaskQueue(written(agent))).toBe(`sluice:agent:${agent}`);
        // Source: Temporal's limit of identifiers, in bytes at worst.
        expect(Buffer.byteLength(targetWorkflowId(app, name))).toBeLessThan(1000);
        expect(Buffer.byteLength(agentTaskQueue(agent))).toBeLessThan(1000);
      }),
    );
  });

  it('is understood in a message to a deployment', () => {
    fc.assert(
      fc.property(target, lists, steps, role, (name, list, number, as) => {
        const gate = gateId(name, list, number);
        expect(targetOfGate(gate)).toBe(name);
        const message = { gate: written(gate), target: written(name), role: written(as) };
        expect(readRequest('approve', message)).toEqual({
          verb: 'approve',
          gate,
          target: name,
          role: as,
        });
      }),
    );
  });

  it('is one word of the commands that people paste into a shell', () => {
    fc.assert(
      fc.property(application, target, role, names('agent'), (app, name, as, agent) => {
        const id = gateId(name, 'steps', 100);
        const input = { gate: id, role: as };
        const where = { namespace: 'default', workflowId: deploymentWorkflowId(app), runId: 'r' };
        const signal = wordsOf(signalCommand({ ...where, signal: 'approve', input }));
        expect(signal).toContain(`sluice:${app}`);
        expect(JSON.parse(signal.at(-1) ?? '')).toEqual(input);
        const deployment = { application: app, deploymentId: 'd1' };
        const command = sluiceCommand(deployment, { id, roles: [as] }, 'approve') ?? '';
        expect(wordsOf(command)).toEqual([
          ...['sluice', 'deploy', 'approve', '-n', app, '-i', 'd1', '--gate', id, '--role', as],
        ]);
        expect(wordsOf(agentCommand(agent)).at(-1)).toBe(agent);
      }),
      { numRuns: 30 },
    );
  });

  it('fits into the address of a callback', async () => {
    const secrets = Array.from({ length: 40 }, (_, index) => `secret ${index} of a call`.repeat(9));
    const addresses = createCallbackAddresses({ publicUrl: 'https://h', keys: [KEY] });
    const read = createCallbackReader([KEY]);
    await fc.assert(
      fc.asyncProperty(application, target, steps, async (app, name, number) => {
        const gate = gateId(name, 'before', number);
        const claims = someClaims({ workflowId: targetWorkflowId(app, name), gate });
        const token = tokenOf(await addresses.issue(claims, secrets));
        expect(token.length).toBeLessThan(TOKEN_LIMIT / 2);
        expect(await read(token)).toMatchObject({ claims });
      }),
      { numRuns: 30 },
    );
  });

  it('is shown as it is in a terminal, and in the Temporal UI as a text', () => {
    fc.assert(
      fc.property(role, (name) => {
        expect(terminal`${name}`.text).toBe(name);
        const shown = marked`${name}`.text.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1');
        expect(shown).toBe(name.replaceAll(/ +/g, ' '));
        expect(Buffer.byteLength(summaryText(name))).toBeLessThanOrEqual(400);
      }),
    );
  });

  it('can stand in the settings', () => {
    fc.assert(
      fc.property(names('provider'), application, (provider, app) => {
        const settings = JSON.stringify({
          metricProviders: { [written(provider)]: { type: 'prometheus', url: 'http://p' } },
        });
        expect(parseSettings(settings, 'settings.yaml').metricProviders).toBeDefined();
        expect(fits(normalName(written(app)), app)).toBe(true);
      }),
    );
  });
});

/** What a POSIX shell makes of a command. */
function wordsOf(command: string): string[] {
  const script = `set -- ${command}; printf '%s\\0' "$@"`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}
