import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { Rendering } from '../../src/activities/rendering.js';
import { bodyOf, defaultType } from '../../src/activities/webhooks/body.js';
import { Unsendable } from '../../src/activities/webhooks/unsendable.js';
import { urlOf } from '../../src/activities/webhooks/uri.js';
import { callOf, SECRETS } from './webhooks/bench.js';

const owner = { owner: 'the webhook tests', code: 'webhookFailed' } as const;
const anyText = fc.string({ unit: 'binary' });

/** How a text is filled in where these are the values of its context. */
function filling(text: string, context: Record<string, string>): Promise<Rendering> {
  return Rendering.of([text], callOf({}, { context }), SECRETS, owner);
}

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

  it('shows everything but what must not be seen', async () => {
    const text = '{{context.a}} {{secrets.token}} {{armory.callbackUri}}';
    const input = callOf({}, { context: { a: 'one' } });
    const used: string[] = [];
    const rendering = await Rendering.of([text], input, SECRETS, {
      ...owner,
      issueCallback: (secrets) => {
        used.push(...secrets);
        return Promise.resolve('https://sluice.example.com/x');
      },
    });
    const asItIs = (value: string): string => value;
    expect(rendering.fill(text, asItIs)).toBe('one s3cr3t/tok"en https://sluice.example.com/x');
    expect(rendering.fillShown(text, asItIs)).toBe('one *** ***');
    expect(rendering.redact('https://sluice.example.com/x?')).toBe('***?');
    expect(used).toEqual(['s3cr3t/tok"en']);
  });
});

describe('JSON that is filled in', () => {
  it('stays JSON that says the values, whatever they are', async () => {
    const template = '{"one": "{{context.one}}", "both": ["{{context.one}} {{context.other}}"]}';
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (one, other) => {
        const rendering = await filling(template, { one, other });
        const body = bodyOf(template, defaultType(template), rendering);
        expect(JSON.parse(body)).toEqual({ one, both: [`${one} ${other}`] });
      }),
    );
  });

  it('is sent with no key more than the template has, even without quotes', async () => {
    const template = '{"one": {{context.one}}, "two": 2}';
    const values = fc.oneof(anyText, fc.json(), fc.constantFrom('1', '1, "two": 3', '1}, {"a": 1'));
    await fc.assert(
      fc.asyncProperty(values, async (one) => {
        const rendering = await filling(template, { one });
        const type = defaultType(template);
        try {
          const said = JSON.parse(bodyOf(template, type, rendering)) as object;
          expect(Object.keys(said)).toEqual(['one', 'two']);
        } catch (error) {
          expect(error).toBeInstanceOf(Unsendable);
        }
      }),
    );
  });
});

describe('a URI that is filled in', () => {
  it('leads to the same host and says the values, whatever they are', async () => {
    const template = 'https://ci.example.com/a/{{context.one}}/b?c={{context.other}}';
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (one, other) => {
        fc.pre(!one.split('/').some((part) => part === '.' || part === '..'));
        const url = urlOf(template, await filling(template, { one, other }));
        expect(url.origin).toBe('https://ci.example.com');
        expect(decodeURIComponent(url.pathname)).toBe(`/a/${one}/b`);
        expect([...url.searchParams]).toEqual([['c', other]]);
      }),
    );
  });
});
