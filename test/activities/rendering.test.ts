import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { Rendering } from '../../src/activities/rendering.js';
import { bodyOf, defaultType } from '../../src/activities/webhooks/body.js';
import { everywhere, MAX_FILLED } from '../../src/domain/filling.js';
import { BUILT_IN_VARIABLES } from '../../src/domain/variables.js';
import { Unsendable } from '../../src/activities/webhooks/unsendable.js';
import { urlOf } from '../../src/activities/webhooks/uri.js';
import { callOf, SECRETS } from './webhooks/bench.js';
import { anyCharacter } from '../support/anyCharacter.js';

const owner = { owner: 'the webhook tests', code: 'webhookFailed' } as const;
const anyText = fc.string({ unit: anyCharacter });
const AS_IT_IS = everywhere((value) => value);

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
    for (const name of ['context.__proto__', 'context.constructor', 'sluice.toString']) {
      const rendering = Rendering.of([`{{${name}}}`], callOf({}), SECRETS, owner);
      await expect(rendering).rejects.toMatchObject({ type: 'webhookFailed' });
    }
  });

  it('gives armory. what it gives sluice., wherever it is filled in', async () => {
    const variables = Object.fromEntries(
      BUILT_IN_VARIABLES.map(({ name }, index) => [name.replace('sluice.', ''), `${index} "é/`]),
    );
    const names = BUILT_IN_VARIABLES.map(({ name }) => `{{${name}}}`);
    const sluice = names.join(' ');
    const armory = sluice.replaceAll('sluice.', 'armory.');
    const rendering = await Rendering.of(
      [sluice, armory],
      callOf({}, { variables }),
      SECRETS,
      owner,
    );
    for (const type of ['application/json', 'application/x-www-form-urlencoded', 'text/plain'])
      expect(bodyOf(armory, type, rendering)).toBe(bodyOf(sluice, type, rendering));
    const uri = (text: string) => urlOf(`https://ci.example.com/a?b=${text}`, rendering).href;
    expect(uri(armory)).toBe(uri(sluice));
    expect(rendering.fillShown(armory, AS_IT_IS)).toBe(rendering.fillShown(sluice, AS_IT_IS));
  });

  it('does not fill in what values bring along', async () => {
    const input = callOf({}, { context: { a: '{{secrets.token}}' } });
    const rendering = await Rendering.of(['{{context.a}}'], input, SECRETS, owner);
    expect(rendering.fill('{{context.a}}', AS_IT_IS)).toBe('{{secrets.token}}');
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
    expect(rendering.fill(text, AS_IT_IS)).toBe('one s3cr3t/tok"en https://sluice.example.com/x');
    expect(rendering.fillShown(text, AS_IT_IS)).toBe('one *** ***');
    expect(rendering.redact('https://sluice.example.com/x?')).toBe('***?');
    expect(used).toEqual(['s3cr3t/tok"en']);
  });
});

describe('what is filled in', () => {
  const long = 'x'.repeat(MAX_FILLED / 2);

  it('is no longer than one call may be, all its templates together', async () => {
    const rendering = await filling('{{context.a}}', { a: long });
    expect(rendering.fill('{{context.a}}', AS_IT_IS)).toBe(long);
    expect(rendering.fill('{{context.a}}', AS_IT_IS)).toBe(long);
    expect(() => rendering.fill('x', AS_IT_IS)).toThrow(`more than ${MAX_FILLED} characters`);
  });

  it('is not encoded before it is known to be short enough', async () => {
    const encoded: string[] = [];
    const encoder = everywhere((value) => (encoded.push(value), value));
    const text = '{{context.a}}'.repeat(100);
    const rendering = await filling(text, { a: long });
    expect(() => rendering.fill(text, encoder)).toThrow('once it is filled in');
    expect(encoded).toHaveLength(2);
  });

  it('has no more variables than a template may have', async () => {
    const text = '{{context.a}}'.repeat(101);
    const rendering = await filling(text, { a: '' });
    expect(() => rendering.fill(text, AS_IT_IS)).toThrow('more than 100 variables');
  });

  it('is looked at once, part by part', async () => {
    const text = 'a{{context.a}}b{{context.a}}c';
    const rendering = await filling(text, { a: '12' });
    const told: string[] = [];
    const encoder = {
      text: (part: string) => void told.push(part),
      value: (value: string) => (told.push(value), value),
    };
    expect(rendering.fill(text, encoder)).toBe('a12b12c');
    expect(told).toEqual(['a', '12', 'b', '12']);
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
