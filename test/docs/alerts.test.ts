import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { root } from '../../dev/setup/paths.js';
import { GatewayMetrics } from '../../src/gateway/metrics.js';

interface Rules {
  groups: { rules: { alert: string; expr: string; annotations: Record<string, string> }[] }[];
}

const workers = readFileSync(join(root, 'docs/running-workers.md'), 'utf8');
const text = readFileSync(join(root, 'examples/prometheus-rules.yaml'), 'utf8');
const rules = (parse(text) as Rules).groups.flatMap((group) => group.rules);

/** Temporal's SDK has the names of its metrics in its native part, without the prefix. */
function nativePart(): Buffer {
  const bridge = createRequire(import.meta.url).resolve('@temporalio/core-bridge/package.json');
  const releases = join(dirname(bridge), 'releases');
  const [release = ''] = readdirSync(releases);
  return readFileSync(join(releases, release, 'index.node'));
}

const namesIn = (place: string): string[] =>
  [...new Set(place.match(/\btemporal_[a-z_]+/g))].map((name) => name.replace(/_bucket$/, ''));

describe('the alerts for workers and gateways', () => {
  it('are told in the documentation, each with what to do', () => {
    const told = [...workers.matchAll(/^\| `(Sluice\w+)` +\| \S/gm)].map(([, alert]) => alert);
    expect(rules.map(({ alert }) => alert)).toEqual(told);
    for (const { annotations } of rules) {
      expect(annotations).toEqual({
        summary: expect.stringMatching(/\.$/),
        description: expect.stringMatching(/\.$/),
      });
    }
  });

  it('are about metrics that a worker has, as is the documentation', () => {
    const native = nativePart();
    const names = [...namesIn(text), ...namesIn(workers)].filter((name) => name !== 'temporal_');
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !native.includes(name.replace('temporal_', '')))).toEqual([]);
  });

  it('are about metrics that a gateway has', async () => {
    const names = text.match(/\bsluice_gateway_[a-z_]+/g) ?? [];
    const served = await new GatewayMetrics().text();
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !served.includes(`# TYPE ${name} `))).toEqual([]);
  });
});
