import { describe, expect, it } from '@jest/globals';
import { readBody } from '../../src/gateway/body.js';

const read = (text: string | Uint8Array) => readBody(Buffer.from(text));

describe("a callback's body", () => {
  it.each([
    ['{"success": true}', { success: true }],
    [
      '{"success": false, "mdMessage": "**3** failed"}',
      { success: false, mdMessage: '**3** failed' },
    ],
    ['{"success": true, "mdMessage": ""}', { success: true, mdMessage: '' }],
    ['{"success": true, "mdMessage": null}', { success: true }],
    ['{"success": true, "other": {"success": false}}', { success: true }],
    ['{"success": true, "a": [{"b": 1}, {"b": 2}]}', { success: true }],
    [
      '{"mdMessage": "{\\"success\\": 1, \\"success\\": 2}", "success": true}',
      {
        success: true,
        mdMessage: '{"success": 1, "success": 2}',
      },
    ],
    ['\uFEFF{"success": true}', { success: true }],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    ['', 'is not a JSON object'],
    ['null', 'is not a JSON object'],
    ['[]', 'is not a JSON object'],
    ['"success"', 'is not a JSON object'],
    ['{"success": true', 'is not a JSON object'],
    ['success=true', 'is not a JSON object'],
    ['['.repeat(60_000), 'is not a JSON object'],
    ['{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000), '"success" is neither true nor false'],
    ['{}', '"success" is neither true nor false'],
    ['{"success": "true"}', '"success" is neither true nor false'],
    ['{"success": 1}', '"success" is neither true nor false'],
    ['{"__proto__": {"success": true}}', '"success" is neither true nor false'],
    ['{"constructor": {"prototype": {"success": true}}}', '"success" is neither true nor false'],
    ['{"success": true, "mdMessage": 1}', '"mdMessage" is not a text'],
    ['{"success": true, "mdMessage": ["a"]}', '"mdMessage" is not a text'],
    ['{"success": true, "success": false}', 'has a field twice'],
    ['{"success": true, "s\\u0075ccess": false}', 'has a field twice'],
    ['{"a": "}", "success": true, "a" : 1}', 'has a field twice'],
  ])('that cannot be read: %.60s', (text, problem) => {
    expect(read(text)).toEqual({ problem: expect.stringContaining(`The body`) });
    expect(read(text)).toEqual({ problem: expect.stringContaining(problem) });
  });

  it('is UTF-8', () => {
    expect(read(Uint8Array.of(0xff, 0xfe))).toEqual({ problem: 'The body is not UTF-8.' });
  });

  it('is missing', () => {
    expect(readBody(undefined)).toHaveProperty('problem');
  });
});
