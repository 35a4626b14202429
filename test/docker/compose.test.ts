import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { root } from '../../dev/setup/paths.js';
import { GATEWAY_COMMAND, gatewayEnvironment } from '../../dev/stack/gateway.js';
import { workerEnvironment } from '../../dev/stack/worker.js';
import { readGatewaySettings } from '../../src/settings/gateway.js';
import { readSettings } from '../../src/settings/settings.js';
import { Dockerfile } from './dockerfile.js';

interface Service {
  cap_add?: string[];
  cap_drop?: string[];
  command?: string[];
  image?: string;
  build?: { context: string; dockerfile?: string };
  depends_on?: Record<string, { condition: string }>;
  environment?: Record<string, string>;
  healthcheck?: object;
  ports?: string[];
  privileged?: boolean;
  read_only?: boolean;
  restart?: string;
  security_opt?: string[];
  stop_grace_period?: string;
  volumes?: string[];
}

const linter = join(root, 'node_modules/.bin/dclint');
const path = join(root, 'docker-compose.yml');
const { services } = parse(readFileSync(path, 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
};
const each = Object.entries(services);
const image = new Dockerfile('Dockerfile');
/** Where the machine has the page of Temporal. */
const UI_URL = `http://${services['temporal-ui']?.ports?.[0]?.replace(/:\d+$/, '')}`;
const KEY = services['worker']?.environment?.['SLUICE_CALLBACK_KEY'] ?? '';

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

  it('gives the worker what the local stack gives it', () => {
    const local = workerEnvironment({
      temporalAddress: 'temporal:7233',
      namespace: 'default',
      awsEndpoint: 'http://emulator:4566',
      settingsFile: '/etc/sluice/settings.yaml',
      environment: { SLUICE_CALLBACK_KEY: KEY, SLUICE_UI_URL: UI_URL },
    });
    expect(services['worker']?.environment).toEqual(local);
  });

  it('gives the gateway what the local stack gives it, and the settings and the key of the worker', () => {
    const local = gatewayEnvironment({
      temporalAddress: 'temporal:7233',
      namespace: 'default',
      settingsFile: '/etc/sluice/settings.yaml',
      environment: { SLUICE_CALLBACK_KEY: KEY },
    });
    expect(services['gateway']?.environment).toEqual(local);
    expect(services['gateway']?.volumes).toEqual(services['worker']?.volumes);
    expect(services['gateway']?.command).toEqual([GATEWAY_COMMAND[1]]);
  });

  it('has settings that the worker and the gateway can use, with the address where that is', async () => {
    const environment = {
      SLUICE_SETTINGS: join(root, 'docker/settings.yaml'),
      SLUICE_CALLBACK_KEY: KEY,
    };
    const { callbacks } = await readSettings(environment);
    expect((await readGatewaySettings(environment)).callbacks).toEqual(callbacks);
    const port = new URL(callbacks?.publicUrl ?? '').port;
    const inside = /SLUICE_GATEWAY_ADDRESS=0\.0\.0\.0:(\d+)/.exec(image.last('ENV'))?.[1];
    expect(services['gateway']?.ports).toEqual([`127.0.0.1:${port}:${inside}`]);
  });

  it('creates the namespace that the worker uses', () => {
    const { NAMESPACE } = services['temporal-namespace']?.environment ?? {};
    expect(NAMESPACE).toBe(services['worker']?.environment?.['TEMPORAL_NAMESPACE']);
  });

  it('gives the worker the time that its last work may take', () => {
    expect(services['worker']?.stop_grace_period).toBe('30s');
  });
});

describe.each(each)('its service %s', (name, service) => {
  it('has an image of one exact version and digest, or builds one', () => {
    if (service.build) expect(existsSync(join(root, service.build.context))).toBe(true);
    else expect(service.image).toMatch(/:\d+\.\d+(\.\d+)?(-alpine)?@sha256:[0-9a-f]{64}$/);
  });

  it('cannot write to its file system, and has no rights but those of its user', () => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
    expect([service.privileged, service.cap_add]).toEqual([undefined, undefined]);
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
      expect({ source, exists: existsSync(join(root, source)) }).toEqual({ source, exists: true });
    }
  });
});

function healthCheckOfImage({ build }: Service): string {
  return new Dockerfile(build?.dockerfile ?? 'Dockerfile').last('HEALTHCHECK');
}
