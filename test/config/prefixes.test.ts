import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { checkPlan, readDeployment, type Diagnostic } from '../../src/config/index.js';
import { BUILT_IN_VARIABLES } from '../../src/domain/variables.js';
import { DEPLOYMENT_ID, diagnose, NOW, planOf, SHOP, shopWith } from './support.js';

/** Files that come from Armory write armory. for sluice. */
const asArmory = (text: string): string => text.replaceAll('sluice.', 'armory.');
const asSluice = (text: string): string => text.replaceAll('armory.', 'sluice.');

/** What is said of a file, with places: both prefixes are equally long. */
const saidOf = (text: string): Diagnostic[] =>
  JSON.parse(asSluice(JSON.stringify(diagnose(text)))) as Diagnostic[];

const known = BUILT_IN_VARIABLES.map(({ name }) => name);
const misspelt = fc
  .constantFrom(...known)
  .chain((name) => fc.nat(name.length - 1).map((at) => name.slice(0, at) + name.slice(at + 1)));
const written = fc.oneof(fc.constantFrom(...known), misspelt);

/** The templates of the example, of webhooks with and without a callback and of a query. */
const PLACES = [
  'https://chat.example.com/{{context.channel}}',
  '"team": "{{context.team}}"',
  'p="{{context.percentile}}"',
];

describe('armory. in a template', () => {
  it('means what sluice. means: a file has the same plan, but for its templates', () => {
    const [armory, sluice] = [planOf(asArmory(SHOP)), planOf(asSluice(SHOP))];
    expect(JSON.stringify(armory)).toContain('armory.');
    expect(asSluice(JSON.stringify(armory))).toBe(JSON.stringify(sluice));
    expect([checkPlan(armory), checkPlan(sluice)]).toEqual([{ plan: armory }, { plan: sluice }]);
  });

  it('is told the same mistakes at the same places, in the words of the file', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PLACES), written, (place, name) => {
        const text = shopWith(place, place.replace(/\{\{.*\}\}/, `{{${name}}}`));
        const said = saidOf(asSluice(text));
        expect(saidOf(asArmory(text))).toEqual(said);
        const about = JSON.stringify(diagnose(asArmory(text)).map(({ message }) => message));
        expect(about).not.toContain('sluice.');
      }),
      { numRuns: 60 },
    );
  });

  it.each(['armory', 'sluice'])('is suggested to whoever writes %s.', (prefix) => {
    const text = shopWith('{{context.team}}', `{{${prefix}.enviromentName}}`);
    expect(diagnose(text)).toMatchObject([
      { code: 'unknown-variable', remedy: `Did you mean {{${prefix}.environmentName}}?` },
    ]);
  });

  it('may stand beside sluice. in one text', () => {
    const both = shopWith('{{context.team}}', '{{sluice.region}} {{armory.region}}');
    const { plan } = readDeployment(both, { deploymentId: DEPLOYMENT_ID, now: NOW });
    expect(plan?.webhooks['tests']?.bodyTemplate).toContain('{{sluice.region}} {{armory.region}}');
  });
});
