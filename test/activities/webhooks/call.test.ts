import { afterEach, describe, expect, it } from '@jest/globals';
import { AddressGuard } from '../../../src/activities/webhooks/addresses.js';
import { call, callOf, EXPIRES_AT } from './bench.js';
import { failureOf, receiver, uri } from './ownReceiver.js';

describe('a webhook that is called', () => {
  it('gets what the file says, with every variable filled in', async () => {
    const result = await call(
      callOf({
        ...uri('/{{armory.environmentName}}?by={{context.team}}'),
        method: 'PUT',
        headers: [{ key: 'Authorization', value: 'Bearer {{secrets.token}}' }],
        bodyTemplate: '{"version": {{armory.version}}, "team": "{{context.team}}"}',
      }),
    );
    expect(result).toEqual({ status: 200 });
    expect(receiver.received).toMatchObject([
      {
        method: 'PUT',
        path: '/prod?by=ops%20%221%22',
        headers: {
          authorization: 'Bearer s3cr3t/tok"en',
          'content-type': 'application/json',
          'user-agent': 'sluice/1.2.3',
        },
      },
    ]);
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toEqual({ version: 7, team: 'ops "1"' });
  });

  it('can tell a call that is made again by its key', async () => {
    await call(callOf(uri()));
    await call(callOf(uri()));
    await call(callOf(uri(), { gate: 'prod/after/2' }));
    const [one, again, other] = receiver.received.map(({ headers }) => headers['idempotency-key']);
    expect(one).toBe(again);
    expect(other).not.toBe(one);
  });

  it('gets an address for its callback, made for its step alone', async () => {
    const bodyTemplate = '{"callback": "{{armory.callbackUri}}/callback"}';
    await call(callOf({ ...uri(), bodyTemplate }, { callbackExpiresAt: EXPIRES_AT }));
    expect(receiver.received[0]?.body).toMatch(
      /"https:\/\/sluice\.example\.com\/callbacks\/[^/]+\/prod%2Fafter%2F1\/callback"/,
    );
  });

  it('gets a link to the deployment, at the address of the UI that whoever calls it knows', async () => {
    const bodyTemplate = '{"link": "{{sluice.deploymentLink}}"}';
    const run = { namespace: 'default', workflowId: 'sluice:a/b', runId: 'r1' };
    await call(callOf({ ...uri(), bodyTemplate }, { deployment: run }), {
      uiUrl: 'https://temporal.example.com/ui',
    });
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toEqual({
      link: 'https://temporal.example.com/ui/namespaces/default/workflows/sluice%3Aa%2Fb/r1',
    });
  });

  it.each([
    ['JSON by its header', 'application/vnd.api+json', 'x {{context.team}}', 'x ops \\"1\\"'],
    ['text by its header', 'text/plain', '{"a": "{{context.team}}"}', '{"a": "ops "1""}'],
    ['text by its looks', undefined, 'hello {{context.team}}', 'hello ops "1"'],
    ['a list by its looks', undefined, '["{{context.team}}"]', '["ops \\"1\\""]'],
    ['text that only begins like a list', undefined, '[x] {{context.team}}', '[x] ops "1"'],
    ['a form', 'application/x-www-form-urlencoded', 't={{context.team}}', 't=ops+%221%22'],
  ])('has values in its body that fit in %s', async (_, type, bodyTemplate, body) => {
    const headers = type === undefined ? [] : [{ key: 'content-type', value: type }];
    await call(callOf({ ...uri(), headers, bodyTemplate }));
    expect(receiver.received[0]?.body).toBe(body);
  });

  it('has every header that is given, also several of one name', async () => {
    const headers = [
      { key: 'X-Tag', value: 'one' },
      { key: 'x-tag', value: 'two {{context.team}}' },
      { key: 'USER-AGENT', value: 'mine' },
      { key: 'Idempotency-Key', value: 'mine' },
    ];
    await call(callOf({ ...uri(), headers }));
    expect(receiver.received[0]?.headers).toMatchObject({
      'x-tag': 'one, two ops "1"',
      'user-agent': 'mine',
      'idempotency-key': 'mine',
    });
  });

  it.each(['constructor', '__proto__'])(
    'may get a header of a name that every object has: %s',
    async (key) => {
      const headers = [{ key, value: 'one' }];
      expect(await call(callOf({ ...uri(), headers }))).toEqual({ status: 200 });
    },
  );

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'GET', 'HEAD'] as const)(
    'is called with %s and no body where there is none',
    async (method) => {
      expect(await call(callOf({ ...uri(), method }))).toEqual({ status: 200 });
      const [{ headers, ...rest } = { headers: {} }] = receiver.received;
      expect(rest).toMatchObject({ method, body: '' });
      expect(headers).not.toHaveProperty('transfer-encoding');
      expect(headers).not.toHaveProperty('content-type');
    },
  );

  it('is told how long its body is, in any method', async () => {
    await call(callOf({ ...uri(), method: 'DELETE', bodyTemplate: 'ä' }));
    expect(receiver.received[0]).toMatchObject({ body: 'ä', headers: { 'content-length': '2' } });
  });

  it.each([
    ['a base address as it is', '{{context.base}}:PORT/x', '/x'],
    ['the slashes of a path', 'http://127.0.0.1:PORT/{{context.path}}', '/a/b%20c'],
    ['nothing of a query', 'http://127.0.0.1:PORT/?p={{context.path}}', '/?p=a%2Fb%20c'],
    ['a host and its port', 'http://{{context.host}}/x', '/x'],
    ['the query of a base address', '{{context.query}}&p={{context.path}}', '/?a=b&p=a%2Fb%20c'],
  ])('keeps %s in its URI', async (_, template, path) => {
    const uriTemplate = template.replace('PORT', String(receiver.port));
    const context = {
      path: 'a/b c',
      base: 'http://127.0.0.1',
      host: `127.0.0.1:${receiver.port}`,
      query: `${receiver.url}/?a=b`,
    };
    await call(callOf({ uriTemplate }, { context }));
    expect(receiver.received[0]?.path).toBe(path);
  });
});

describe('nothing is sent', () => {
  afterEach(() => expect(receiver.received).toEqual([]));

  it.each(['context.nobody', 'armory.previousVersion', 'armory.callbackUri'])(
    'when %s has no value',
    async (name) => {
      const bodyTemplate = `{{${name}}}`;
      await expect(call(callOf({ ...uri(), bodyTemplate }))).rejects.toMatchObject({
        type: 'webhookFailed',
        nonRetryable: true,
        message: expect.stringContaining(`${name}, which the webhook tests uses, has no value`),
      });
    },
  );

  it('when it is to link to the deployment, and nobody says where the UI is', async () => {
    const bodyTemplate = '{{sluice.deploymentLink}}';
    const deployment = { namespace: 'default', workflowId: 'sluice:shop', runId: 'r1' };
    const error = await call(callOf({ ...uri(), bodyTemplate }, { deployment })).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({
      message: expect.stringContaining('sluice.deploymentLink, which the webhook tests uses'),
      details: [{ remedy: expect.stringContaining('Set SLUICE_UI_URL') }],
    });
  });

  it('when a secret is missing', async () => {
    const bodyTemplate = '{{secrets.nobody}}';
    await expect(call(callOf({ ...uri(), bodyTemplate }))).rejects.toMatchObject({
      type: 'secretNotFound',
      nonRetryable: true,
    });
  });

  it('when it waits for a callback that could not come back', async () => {
    const input = callOf(uri(), { callbackExpiresAt: EXPIRES_AT });
    await expect(call(input, { issueCallback: undefined as never })).rejects.toMatchObject({
      message: expect.stringContaining('where callbacks arrive is not configured'),
    });
  });

  it.each([
    ['a header with a line break', { headers: [{ key: 'X', value: 'a\nB: c' }] }, 'no header can'],
    ['a name that is no header', { headers: [{ key: 'X Y', value: 'a' }] }, 'name is none'],
    ['a Host header', { headers: [{ key: 'Host', value: 'a' }] }, 'belongs to the connection'],
    ['a file', { uriTemplate: 'file:///etc/passwd' }, 'not http or https'],
    ['a URI that is none', { uriTemplate: '{{armory.version}}' }, 'a URI that is none'],
    ['a user in the URI', { uriTemplate: 'http://a:b@127.0.0.1/' }, 'a user in its URI'],
  ])('for %s', async (_, webhook, said) => {
    const result = await call(callOf({ ...uri(), ...webhook }));
    expect(result).toMatchObject({ retryable: false });
    expect(failureOf(result)).toContain(said);
  });

  it('with a value that leads to another path', async () => {
    const context = { path: '../../admin' };
    const result = await call(callOf(uri('/a/b/{{context.path}}'), { context }));
    expect(failureOf(result)).toContain('leads elsewhere');
  });

  it.each(['a@127.0.0.1', 'a/b', 'a?b', 'a#b', 'a\\b', 'a b', ''])(
    'with a value that makes something else of the host: %j',
    async (host) => {
      const result = await call(
        callOf({ uriTemplate: 'http://{{context.host}}/' }, { context: { host } }),
      );
      expect(failureOf(result)).toBe(
        'The webhook tests has a URI that is none once it is filled in.',
      );
    },
  );

  it('when a value breaks the JSON of its body', async () => {
    const bodyTemplate = '{"team": {{context.team}}}';
    const result = await call(callOf({ ...uri(), bodyTemplate }));
    expect(result).toMatchObject({
      retryable: false,
      failure: { remedy: expect.stringContaining('quotes') },
    });
    expect(failureOf(result)).toContain('no JSON any more');
  });

  it.each(['localhost', '127.0.0.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', '0'])(
    'to this machine as %s, unless the settings allow it',
    async (host) => {
      const guard = new AddressGuard([]);
      const uriTemplate = `http://${host}:${receiver.port}/`;
      const result = await call(callOf({ uriTemplate }), { guardFor: () => guard });
      expect(result).toMatchObject({
        retryable: false,
        failure: { remedy: expect.stringContaining('network.allow') },
      });
      expect(failureOf(result)).toContain('is not a public address');
    },
  );
});

describe('what settings say by application', () => {
  const ofBank = { application: 'bank' };

  it('is which addresses its webhooks may call', async () => {
    const guardFor = (application: string) =>
      new AddressGuard(application === 'bank' ? ['127.0.0.1'] : []);
    expect(await call(callOf(uri(), ofBank), { guardFor })).toEqual({ status: 200 });
    const result = await call(callOf(uri()), { guardFor });
    expect(failureOf(result)).toContain('is not a public address');
    expect(receiver.received).toHaveLength(1);
  });

  it('is whose webhooks are called at all', async () => {
    const serves = (application: string) => application === 'bank';
    await expect(call(callOf(uri()), { serves })).rejects.toMatchObject({
      type: 'webhookFailed',
      nonRetryable: true,
    });
    expect(await call(callOf(uri(), ofBank), { serves })).toEqual({ status: 200 });
    expect(receiver.received).toHaveLength(1);
  });
});
