import { describe, expect, it } from '@jest/globals';
import { readDeployment, type Adjustments, type Diagnostic } from '../../src/config/index.js';
import type { Plan } from '../../src/domain/plan.js';
import { DEPLOYMENT_ID, NOW, SHOP, shopWith } from './support.js';

function read(text: string, asked: Adjustments = {}): { plan: Plan | undefined; codes: string[] } {
  const options = { deploymentId: DEPLOYMENT_ID, now: NOW, ...asked };
  const { plan, diagnostics } = readDeployment(text, options);
  return { plan, codes: diagnostics.map(({ code }: Diagnostic) => code) };
}

/** The values that the webhook of production's first constraint sees. */
function seen(plan: Plan | undefined): Record<string, string> {
  const step = plan?.targets.find(({ name }) => name === 'production')?.beforeDeployment[1];
  return { ...plan?.context, ...(step?.type === 'runWebhook' && step.context) };
}

type Somewhere = 'context' | 'step' | 'contextOverrides';

describe('a value of the context', () => {
  const written = (...places: Somewhere[]): string => {
    const value = (place: Somewhere, text: string) =>
      places.includes(place) ? `{room: ${text}}` : '{}';
    return shopWith('context: {channel: approvals, room: war}', `context: ${value('step', 'step')}`)
      .replace('  team: checkout\n', `  <<: ${value('context', 'file')}\n  team: checkout\n`)
      .replace(
        '  channel: releases\n',
        `  <<: ${value('contextOverrides', 'overrides')}\n  channel: x\n`,
      );
  };

  it.each<[expected: string, places: Somewhere[], asked: Adjustments]>([
    ['file', ['context'], {}],
    ['step', ['context', 'step'], {}],
    ['overrides', ['context', 'step', 'contextOverrides'], {}],
    ['overrides', ['contextOverrides'], {}],
    ['prompt', ['context', 'step', 'contextOverrides'], { context: { room: 'prompt' } }],
    ['prompt', [], { context: { room: 'prompt' } }],
  ])('is the one of the %s, where %j have one', (expected, places, asked) => {
    const { plan, codes } = read(written(...places), asked);
    expect(codes).toEqual([]);
    expect(seen(plan)['room']).toBe(expected);
  });

  it('that is missing is found before anything starts', () => {
    expect(read(written()).codes).toEqual(['missing-context']);
  });
});

describe('the application that is asked for', () => {
  it('goes before the one of the file, by the same rules', () => {
    const asked = (application: string) => read(SHOP, { application });
    expect(asked(' shop-canary ').plan?.application).toBe('shop-canary');
    expect(asked('shop:eu')).toEqual({ plan: undefined, codes: ['application-name'] });
    expect(asked('')).toEqual({ plan: undefined, codes: ['application-name'] });
  });
});

describe('the targets that are asked for', () => {
  const filter = (name: string) => `${SHOP}targetFilters: [{includeTarget: ${name}}]\n`;
  const names = (plan: Plan | undefined) => plan?.targets.map(({ name }) => name);

  it.each([
    ['by the file', filter('production'), {}, ['production']],
    ['at the prompt', SHOP, { targets: ['production'] }, ['production']],
    [
      'at the prompt, which goes before the file',
      filter('production'),
      { targets: ['staging'] },
      ['staging'],
    ],
    [
      'in another order, which is not theirs',
      SHOP,
      { targets: ['production', 'staging'] },
      ['staging', 'production'],
    ],
  ])('are all there is: %s', (_name, text, asked, expected) => {
    const { plan, codes } = read(text, asked);
    expect(names(plan)).toEqual(expected);
    expect(codes).toEqual([]);
  });

  it('wait for no target that was not asked for', () => {
    expect(read(SHOP, { targets: ['production'] }).plan?.targets[0]?.dependsOn).toEqual([]);
  });

  it('take with them what they use, and nothing of what others use', () => {
    const { plan } = read(SHOP, { targets: ['staging'] });
    expect(Object.keys(plan?.strategies ?? {})).toEqual(['atOnce']);
    expect([plan?.webhooks, plan?.queries]).toEqual([{}, {}]);
  });

  it('are not kept from deploying by a mistake at another target', () => {
    const text = shopWith('runAsIamRole: arn:aws:iam::222222222222:role/Run', 'runAsIamRole: Run');
    expect(read(text, { targets: ['production'] }).codes).toEqual([]);
    expect(read(text, { targets: ['staging'] }).codes).toEqual(['role-arn']);
  });

  it('must be there', () => {
    const { plan, codes } = read(SHOP, { targets: ['prodution'] });
    expect([plan, codes]).toEqual([undefined, ['unknown-target']]);
    const { diagnostics } = readDeployment(SHOP, {
      deploymentId: DEPLOYMENT_ID,
      targets: ['prodution'],
    });
    expect(diagnostics[0]).toMatchObject({
      message: 'There is no target "prodution".',
      remedy: 'Did you mean "production"?',
      path: 'targets',
    });
  });
});
