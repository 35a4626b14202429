import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../dev/setup/paths.js';
import { GATEWAY_COMMAND, gatewayEnvironment } from '../../dev/stack/gateway.js';
import { workerEnvironment } from '../../dev/stack/worker.js';
import { readGatewaySettings } from '../../src/settings/gateway.js';
import { Dockerfile } from './dockerfile.js';

interface Service {
  command?: string[];
  image?: string;
  build?: { context: string; dockerfile?: string };
  depends_on?: Record<string, { condition: string }>;
  environment?: Record<string, string>;
  healthcheck?: { test: string[] };
  ports?: string[];
  restart?: string;
  stop_grace_period?: string;
  volumes?: string[];
}

const linter = join(root, 'node_modules/.bin/dclint');
const path = join(root, 'docker-compose.yml');
const { services } = parse(readFileSync(path, 'utf8')) as { services: Record<string, Service> };
const each = Object.entries(services);

const key = services['gateway']?.environment?.['SLUICE_CALLBACK_KEY'] ?? '';
const settingsFile = '/etc/sluice/settings.yaml';

/** Services that others wait for to complete. */
const oneShots = each.flatMap(([, { depends_on = {} }]) =>
  Object.entries(depends_on).flatMap(([name, { condition }]) =>
    condition === 'service_completed_successfully' ? [name] : [],
  ),
);

describe('docker-compose.yml', () => {
  it('is what the Compose specification allows', () => {
    const { stdout, status } = spawnSync(linter, ['--quiet', path], { encoding: 'utf8' });
    expect({ stdout, status }).toEqual({ stdout: '\n', status: 0 });
  });

  it('gives the worker and the gateway what the local stack gives them, and the same key', () => {
    const common = {
      temporalAddress: 'temporal:7233',
      namespace: 'default',
      settingsFile,
      environment: { SLUICE_CALLBACK_KEY: key },
    };
    const { worker, gateway } = services;
    const awsEndpoint = 'http://emulator:4566';
    expect(worker?.environment).toEqual(workerEnvironment({ ...common, awsEndpoint }));
    const address = '0.0.0.0:8090';
    expect(gateway?.environment).toEqual(gatewayEnvironment({ ...common, address }));
    expect(gateway?.command).toEqual(GATEWAY_COMMAND.slice(1));
  });

  it('has callbacks come to the gateway', async () => {
    const { worker, gateway } = services;
    const [source = ''] = (gateway?.volumes ?? []).map((volume) => volume.split(':')[0] ?? '');
    expect(gateway?.volumes).toEqual([`${source}:${settingsFile}:ro`]);
    expect(worker?.volumes).toEqual(gateway?.volumes);
    const { callbacks } = await readGatewaySettings({
      SLUICE_SETTINGS: join(root, source),
      SLUICE_CALLBACK_KEY: key,
    });
    const { hostname, port } = new URL(callbacks.publicUrl);
    expect(gateway?.ports).toEqual([`${hostname}:${port}:8090`]);
    expect(gateway?.healthcheck?.test.join(' ')).toContain(`http://127.0.0.1:8090/healthz`);
  });

  it('creates the namespace that the worker uses', () => {
    const { NAMESPACE } = services['temporal-namespace']?.environment ?? {};
    expect(NAMESPACE).toBe(services['worker']?.environment?.['TEMPORAL_NAMESPACE']);
  });

  it('gives the worker and the gateway the time that their last work may take', () => {
    expect(services['worker']?.stop_grace_period).toBe('30s');
    expect(services['gateway']?.stop_grace_period).toBe('15s');
  });
});

describe.each(each)('its service %s', (name, service) => {
  it('has an image of one exact version, or builds one', () => {
    if (service.build) expect(existsSync(join(root, service.build.context))).toBe(true);
    else expect(service.image).toMatch(/:\d+\.\d+(\.\d+)?(-alpine)?$/);
  });

  it('has a health check, or runs once', () => {
    if (oneShots.includes(name)) expect(service.restart).toBe('no');
    else if (service.healthcheck === undefined) expect(healthCheckOfImage(service)).not.toBe('');
  });

  it('waits for services that there are', () => {
    expect(Object.keys(services)).toEqual(
      expect.arrayContaining(Object.keys(service.depends_on ?? {})),
    );
  });

  it('is reachable from this machine alone', () => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  });

  it('mounts files that there are', () => {
    const sources = (service.volumes ?? []).map((volume) => volume.split(':')[0] ?? '');
    for (const source of sources.filter((one) => one.startsWith('.'))) {
      expect(existsSync(join(root, source)), source).toBe(true);
    }
  });
});

function healthCheckOfImage({ build }: Service): string {
  return new Dockerfile(build?.dockerfile ?? 'Dockerfile').last('HEALTHCHECK');
}
