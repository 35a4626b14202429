import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { parse } from 'yaml';
import { manifest } from '../../../dev/setup/manifest.js';
import { root } from '../../../dev/setup/paths.js';
import { readDeployment, readParsed } from '../../../src/config/index.js';
import { parseSettings } from '../../../src/settings/document.js';
import { readTemporalSettings } from '../../../src/settings/temporal.js';
import { Dockerfile } from '../../docker/dockerfile.js';

const OPTIONS = { deploymentId: 'docs', now: new Date('2026-11-24') };

/** What a part of a file can be wrong in without the rest. */
const SHAPE = ['missing-key', 'unknown-key', 'wrong-type', 'wrong-value'];

export function isDeployment(text: string): void {
  expect(readDeployment(text, OPTIONS).diagnostics).toEqual([]);
}

/** A few keys of a deployment file. */
export function isPartOfDeployment(text: string): void {
  const part = parse(text) as object;
  const { problems } = readParsed(part, OPTIONS);
  const keys = Object.keys(part);
  expect(keys).not.toEqual([]);
  const own = problems.filter(({ path = '', code }) => SHAPE.includes(code) && path !== '');
  expect(own.filter(({ path = '' }) => keys.some((key) => path.startsWith(key)))).toEqual([]);
}

/** A few keys of a deployment file that includes others, by their paths. */
export function includesParts(text: string): void {
  const { include, ...rest } = parse(text) as Record<string, unknown>;
  const names = [include].flat();
  expect(names).not.toEqual([]);
  for (const name of names) expect(name).toMatch(/^(\.\.\/)*[\w/-]+\.yaml$/);
  isPartOfDeployment(JSON.stringify(rest));
}

/** The steps of a strategy. */
export function areSteps(text: string): void {
  const steps = parse(text) as unknown[];
  expect(steps.length).toBeGreaterThan(0);
  const strategies = { shown: { canary: { steps } } };
  isPartOfDeployment(JSON.stringify({ strategies }));
}

/** Keys of an artifact. */
export function isArtifact(text: string): void {
  const artifact = { functionName: 'checkout', type: 'zipFile', ...(parse(text) as object) };
  isPartOfDeployment(JSON.stringify({ artifacts: [artifact] }));
}

/** The environment of a function. */
export function isEnvironment(text: string): void {
  const option = {
    target: 'production',
    name: 'checkout',
    runAsIamRole: 'arn:aws:iam::222222222222:role/CheckoutExecution',
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    ...(parse(text) as object),
  };
  isPartOfDeployment(JSON.stringify({ providerOptions: { lambda: [option] } }));
}

export function areSettings(text: string): void {
  expect(() => parseSettings(text, 'settings.yaml')).not.toThrow();
}

/** Where npm puts the package, and a file that is in it. */
export function namesTheSchema(text: string): void {
  const paths = text.match(/\.\/node_modules\/\S+/g) ?? [];
  const files = paths.map((path) => path.replace(`./node_modules/${manifest.name}/`, ''));
  expect(files.map((file) => [file, existsSync(join(root, file))])).toEqual([
    ['schema/deployment.schema.json', true],
    ['schema/deployment.schema.json', true],
  ]);
}

/**
 * Docker is not there to run it: the Dockerfile or a stage of it, with the checkout around it, and
 * what is done with that image.
 */
export function buildsAnImage(text: string): void {
  const [build = '', ...more] = text.trimEnd().split('\n');
  const [, image = '', stage] = /^docker build -t (\S+)(?: --target (\w+))? \.$/.exec(build) ?? [];
  expect(image).toMatch(/^registry\.example\.com\/[\w-]+:[\d.]+$/);
  if (stage !== undefined) expect(new Dockerfile('Dockerfile').stage(stage)).not.toEqual([]);
  for (const line of more) expect(line).toMatch(new RegExp(`^docker .* ${image}$`));
}

export function areScripts(text: string): void {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  for (const line of text.trimEnd().split('\n')) {
    const [program = '', ...words] = line.replace(/ *#.*/, '').split(' ');
    const script = words[0] === 'run' ? words[1] : words[0];
    if (program === 'npm') expect(Object.keys(scripts)).toContain(script);
    else expect(existsSync(join(root, program))).toBe(true);
  }
}

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;

/** Alerts that Prometheus takes, where it is there to be asked. */
export function areGoodRules(command: string): void {
  const [, , , file = ''] = command.trim().split(' ');
  const { groups } = parse(readFileSync(join(root, file), 'utf8')) as { groups: unknown[] };
  expect(groups.length).toBeGreaterThan(0);
  if (!hasPromtool) return;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: root });
  expect([status, `${String(stdout)}${String(stderr)}`]).toEqual([0, expect.any(String)]);
}

/** Commands that set variables, from which Sluice makes a connection with TLS. */
export function connects(text: string): void {
  const lines = [...text.matchAll(/^export (\w+)=(.*)$/gm)];
  const environment = Object.fromEntries(lines.map(([, name = '', value = '']) => [name, value]));
  withFiles(environment, (existing) => {
    const { address, namespace, connection } = readTemporalSettings(existing);
    expect(address).toBe(environment['TEMPORAL_ADDRESS']);
    expect(namespace).toBe(environment['TEMPORAL_NAMESPACE']);
    expect(connection.apiKey).toBe(environment['TEMPORAL_API_KEY']);
    expect(isSecure(connection.tls)).toBe(true);
  });
  expect(text).toMatch(/^sluice worker$/m);
}

/** A file of Temporal's own, all of whose profiles make connections with TLS. */
export function areProfiles(text: string): void {
  const names = [...text.matchAll(/^\[profile\.(\w+)\]$/gm)].map(([, name = '']) => name);
  expect(names.length).toBeGreaterThan(1);
  withFiles({ TEMPORAL_CONFIG_FILE: text }, ({ TEMPORAL_CONFIG_FILE }) => {
    const file = TEMPORAL_CONFIG_FILE ?? '';
    writeFileSync(file, text.replaceAll('/run/secrets/temporal.', `${file}.`));
    for (const end of ['pem', 'key']) writeFileSync(`${file}.${end}`, end);
    for (const profile of names) {
      const { connection } = readTemporalSettings({ TEMPORAL_CONFIG_FILE }, { profile });
      expect([profile, isSecure(connection.tls)]).toEqual([profile, true]);
    }
  });
}

function isSecure(tls: ReturnType<typeof readTemporalSettings>['connection']['tls']): boolean {
  return tls === true || (typeof tls === 'object' && tls?.clientCertPair !== undefined);
}

/** Puts a file in the place of every path that a variable names. */
function withFiles(
  environment: Record<string, string>,
  body: (existing: Record<string, string>) => void,
): void {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-docs-'));
  try {
    const entries = Object.entries(environment).map(([name, value]) => {
      if (!/_(PATH|FILE)$/.test(name)) return [name, value];
      writeFileSync(join(folder, name), value);
      return [name, join(folder, name)];
    });
    body(Object.fromEntries(entries) as Record<string, string>);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
