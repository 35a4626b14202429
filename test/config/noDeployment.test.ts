import { describe, expect, it } from '@jest/globals';
import { renderDiagnostics, renderAnnotations } from '../../src/config/index.js';
import { diagnose } from './support.js';

const SECRET = 'hunter2hunter2';

describe('of a file that is no deployment', () => {
  it.each([
    ['credentials', `[default]\naws_access_key_id = A\naws_secret_access_key = ${SECRET}\n`],
    ['variables', `DB_PASSWORD=${SECRET}\nTOKEN=${SECRET}\n`],
    [
      'a secret of Kubernetes',
      `apiVersion: v1\nkind: Secret\nstringData:\n  password: ${SECRET}\n`,
    ],
    ['a file of Compose', `version: "3"\nservices: {db: {environment: {PASSWORD: ${SECRET}}}}\n`],
    ['values', `password: ${SECRET}\nuser: admin\n`],
    ['a value twice', `${SECRET}: 1\n${SECRET}: 2\n`],
    ['broken YAML', `password: "${SECRET}\nuser: [${SECRET}\n`],
    ['a tag', `password: !${SECRET} x\n`],
    ['an alias', `password: *${SECRET}\n`],
    ['a key', `-----BEGIN PRIVATE KEY-----\n${SECRET}\n-----END PRIVATE KEY-----\n`],
    ['JSON', `{"type": "service_account", "private_key": "${SECRET}"}\n`],
    ['a sentence', `${SECRET}\n`],
    ['a control character', `${SECRET}\u0007${SECRET}\n`],
    ['another encoding', Buffer.from(`caf\u00e9 ${SECRET}\n`, 'latin1')],
  ])('nothing is quoted: %s', (_name, source) => {
    const diagnostics = diagnose(source);
    const text = typeof source === 'string' ? source : new TextDecoder().decode(source);
    const options = { fileName: 'file', text };
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({
      severity: 'error',
      code: expect.stringMatching(/^(no-deployment|not-text)$/),
    });
    const shown = [
      JSON.stringify(diagnostics),
      renderDiagnostics(diagnostics, options).text,
      renderAnnotations(diagnostics, 'file'),
    ].join('');
    expect(shown).not.toContain(SECRET.slice(0, 4));
  });
});

describe('a deployment is taken for one', () => {
  it.each([
    ['when it is broken', 'version: v1\nkind: lambda\ntargets: [\n'],
    ['when it is of another kind', 'version: v1\nkind: kubernetes\n'],
    ['when it begins with the targets', 'targets:\n\tproduction: {}\n'],
    ['as JSON', '{"version": "v1", "kind": "lambda"}'],
    ['as JSON in one line, with its keys in any order', '{"x-a": 1, "targets": {}}'],
    ['with a byte order mark', '\ufeffapplication: shop\n'],
    ['with line breaks of Windows', '# shop\r\nkind: lambda\r\n'],
  ])('%s', (_name, text) => {
    expect(diagnose(text).map(({ code }) => code)).not.toContain('no-deployment');
  });
});
