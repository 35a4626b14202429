import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rendering } from '../../src/activities/rendering.js';
import { callOf, SECRETS } from './webhooks/bench.js';

const owner = { owner: 'the webhook tests', code: 'webhookFailed' } as const;
const insideJson = (value: string): string => JSON.stringify(value).slice(1, -1);

describe('a rendering', () => {
  it('keeps secrets out of what is said about it', async () => {
    const rendering = await Rendering.of(['{{secrets.token}}'], callOf({}), SECRETS, owner);
    expect(rendering.redact('It said s3cr3t/tok"en twice: s3cr3t/tok"en')).toBe(
      'It said *** twice: ***',
    );
  });

  it('gives a value of what every object has to nothing', async () => {
    for (const name of ['context.__proto__', 'context.constructor', 'armory.toString']) {
      const rendering = Rendering.of([`{{${name}}}`], callOf({}), SECRETS, owner);
      await expect(rendering).rejects.toMatchObject({ type: 'webhookFailed' });
    }
  });

  it('does not fill in what values bring along', async () => {
    const input = callOf({}, { context: { a: '{{secrets.token}}' } });
    const rendering = await Rendering.of(['{{context.a}}'], input, SECRETS, owner);
    expect(rendering.fill('{{context.a}}', (value) => value)).toBe('{{secrets.token}}');
  });

  it('leaves JSON that it fills in valid, and says the values, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string(), async (one, other) => {
        const template =
          '{"one": "{{context.one}}", "both": ["{{context.one}} {{context.other}}"]}';
        const input = callOf({}, { context: { one, other } });
        const rendering = await Rendering.of([template], input, SECRETS, owner);
        const filled = JSON.parse(rendering.fill(template, insideJson)) as unknown;
        expect(filled).toEqual({ one, both: [`${one} ${other}`] });
      }),
    );
  });
});
