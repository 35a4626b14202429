import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { root } from '../../dev/setup/paths.js';
import { findPlan, readPlan, strictly } from '../../src/client/planSource.js';
import type { Plan } from '../../src/domain/plan.js';

const text = readFileSync(join(root, 'examples/basic.yaml'), 'utf8');

// What the rules have checked is a copy, so that the same object says that they were not asked.
describe('a plan that is to be deployed', () => {
  let ofFile: Plan;
  beforeAll(async () => {
    ofFile = (await readPlan({ text })).plan;
  });

  it('is not checked again when this process has made it of a file', async () => {
    const strict = strictly(ofFile, { strictArtifacts: true });
    expect((await findPlan({ plan: ofFile })).plan).toBe(ofFile);
    expect((await findPlan({ plan: strict })).plan).toBe(strict);
  });

  it('is checked when somebody else has made it, or changed it', async () => {
    const copy = structuredClone(ofFile);
    const { plan } = await findPlan({ plan: copy });
    expect(plan).toEqual(copy);
    expect(plan).not.toBe(copy);
    for (const wrong of [
      { ...ofFile, application: 'a:b' },
      { ...copy, targets: [] },
    ]) {
      const strict = strictly(wrong, { strictArtifacts: true });
      await expect(findPlan({ plan: wrong })).rejects.toMatchObject({ code: 'invalidPlan' });
      await expect(findPlan({ plan: strict })).rejects.toMatchObject({ code: 'invalidPlan' });
    }
  });

  it.each([undefined, null, 7, 'plan'])('is not %s', async (plan) => {
    const found = findPlan({ plan: plan as unknown as Plan });
    await expect(found).rejects.toMatchObject({ code: 'invalidPlan' });
  });
});

describe('a text that includes others', () => {
  const [own = '', part = ''] = text.split(/^(?=strategies:)/m);
  const strategies = part.slice(0, part.search(/\n(?=[a-z])/) + 1);
  const rest = own + part.slice(strategies.length);

  it('is read with the texts that are handed over by their paths', async () => {
    const included = { './../shared/strategies.yaml': strategies };
    const source = { text: `${rest}include: ../shared/strategies.yaml\n`, included };
    const { deploymentId, ...plan } = (await findPlan(source)).plan;
    expect({ ...plan, deploymentId }).toEqual({ ...(await readPlan({ text })).plan, deploymentId });
  });

  it.each([5, null, { code: 'x' }])('takes nothing else for a text: %j', async (given) => {
    const source = { text, included: { 'strategies.yaml': given as never } };
    await expect(findPlan(source)).rejects.toMatchObject({ code: 'invalidArguments' });
  });

  it('needs all of them, and says of which it has none', async () => {
    const source = { text: `include: strategies.yaml\n${text}`, fileName: 'services/deploy.yaml' };
    await expect(findPlan(source)).rejects.toMatchObject({
      code: 'invalidFile',
      diagnostics: [{ code: 'include-unreadable', line: 1, column: 10 }],
    });
    const wrong = { ...source, included: { 'strategies.yaml': 'strategies: []' } };
    await expect(findPlan(wrong)).resolves.toBeDefined();
    const misspelt = { ...source, included: { 'strategies.yaml': 'strategis: {}\nwebhooks: []' } };
    await expect(findPlan(misspelt)).rejects.toThrow(
      /services\/strategies\.yaml:1:1: error\[unknown-key\]/,
    );
  });
});
