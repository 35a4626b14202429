import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { connectionEnvironment } from '../../src/action/connection.js';
import type { Input } from '../../src/action/inputs.js';
import { repositoryFile } from '../../src/action/repositoryFile.js';
import { readRequest } from '../../src/action/request.js';
import { readTemporalSettings } from '../../src/settings/temporal.js';
import { NO_TEMPORAL_CONFIG } from '../support/temporalConfig.js';
import { variablesOf } from './jobInProcess.js';

const request = (inputs: Partial<Record<Input, string>>, environment = {}) =>
  readRequest({ ...environment, ...variablesOf({ 'path-to-file': 'deploy.yaml', ...inputs }) });

describe('what a job asks for', () => {
  it('is the whole file, at once, in the name of whoever started the workflow', () => {
    const github = { GITHUB_ACTOR: 'octocat', GITHUB_SHA: '1f2e3d4c' };
    const everything = { applicationName: '', targetFilters: ' ', addContext: '' };
    expect(request({ ...everything, waitForDeployment: '' }, github)).toEqual({
      file: 'deploy.yaml',
      asked: {},
      wait: false,
      startedBy: 'octocat',
      commit: '1f2e3d4c',
    });
  });

  it('can be an application, and targets and values, separated by commas or lines', () => {
    const asked = { targets: ['prod', 'east coast'], context: { a: '1,2', b: 'x=y', c: '' } };
    const inputs = { targetFilters: 'prod, east coast\n', addContext: 'a=1,2\n\nb=x=y,c=\n' };
    expect(request(inputs).asked).toEqual(asked);
    const application = { applicationName: 'shop' };
    expect(request(application).asked).toEqual({ application: 'shop' });
  });

  it.each<[Input, string, string]>([
    ['path-to-file', '', 'is missing. Give the path of the deployment file in the repository'],
    ['applicationName', 'a:b', 'contains :. Give another name for the application.'],
    ['addContext', 'team', 'cannot be read. Write each value as key=value, such as team=checkout.'],
    ['addContext', '__proto__=1', 'cannot be read. The key "__proto__" cannot be used.'],
    ['waitForDeployment', 'yes', 'is "yes". Write true or false.'],
  ])('is refused with a sentence when %s is %j', (name, value, problem) => {
    const wrong = () => request({ [name]: value });
    expect(wrong).toThrow(`The input ${name} ${problem}`);
    expect(wrong).toThrow(expect.objectContaining({ code: 'invalidArguments' }));
  });
});

describe('the connection to Temporal', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const settings = (inputs: Partial<Record<Input, string>>, environment = {}) =>
    readTemporalSettings(
      connectionEnvironment({ ...NO_TEMPORAL_CONFIG, ...environment, ...variablesOf(inputs) }),
    );

  it("is that of the job's environment, unless inputs say something else", () => {
    const job = { TEMPORAL_ADDRESS: 'a.example.com:7233', TEMPORAL_NAMESPACE: 'shop' };
    expect(settings({}, job)).toMatchObject({ address: 'a.example.com:7233', namespace: 'shop' });
    const inputs = { address: 'b.example.com:7233', namespace: 'lab', apiKey: 'hunter2' };
    expect(settings(inputs, job)).toMatchObject({
      address: 'b.example.com:7233',
      namespace: 'lab',
      connection: { apiKey: 'hunter2' },
    });
  });

  it('is made with certificates', () => {
    const tls = { tlsCertificate: 'crt', tlsKey: 'key', tlsServerCa: 'ca' };
    expect(settings(tls).connection).toMatchObject({
      tls: {
        clientCertPair: { crt: bytes('crt'), key: bytes('key') },
        serverRootCACertificate: bytes('ca'),
      },
    });
  });

  it.each<[Input, Input]>([
    ['tlsCertificate', 'tlsKey'],
    ['tlsKey', 'tlsCertificate'],
  ])('is refused with a sentence when only %s is given', (given, missing) => {
    const sentence = `The input ${missing} is missing: ${given} is given, and they go together.`;
    expect(() => settings({ [given]: 'hunter2' })).toThrow(sentence);
    expect(() => settings({ [given]: 'hunter2' })).not.toThrow('hunter2');
  });
});

describe('the deployment file', () => {
  it('is found in what was checked out, with or without a slash in front', async () => {
    const workspace = await mkdtemp(join(tmpdir(), 'sluice-workspace-'));
    const environment = { GITHUB_WORKSPACE: workspace };
    const inside = { path: join(workspace, 'app/deploy.yaml'), name: 'app/deploy.yaml' };
    for (const given of ['app/deploy.yaml', './app/deploy.yaml', '/app/deploy.yaml'])
      expect(repositoryFile(given, environment)).toEqual(inside);
    const elsewhere = join(workspace, 'deploy.yaml');
    await writeFile(elsewhere, '');
    const other = { GITHUB_WORKSPACE: join(workspace, 'app') };
    expect(repositoryFile(elsewhere, other)).toEqual({ path: elsewhere, name: elsewhere });
    await rm(workspace, { recursive: true });
  });
});
