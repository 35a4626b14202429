import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { root } from '../../dev/setup/paths.js';
import { readQueries } from '../../src/metrics/cloudWatch/queries.js';
import { PROVIDER_TYPES } from '../../src/metrics/registry.js';
import { readDeployment } from '../../src/config/index.js';
import { MEASURING_PROBLEMS } from '../../src/domain/analysis.js';
import { parseSettings } from '../../src/settings/document.js';
import { watched } from '../cli/watched.js';

const page = readFileSync(join(root, 'docs/analysis.md'), 'utf8');

interface Example {
  analysis: {
    defaultMetricProviderName: string;
    queries: [{ name: string; queryTemplate: string }];
  };
}

function blocks(beginning: string): string[] {
  const found = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => text);
  return found.filter((text) => text.startsWith(beginning));
}

const examples = blocks('analysis:').map((text) => parse(text) as Example);

describe('the page on analyses', () => {
  it('names every answer that is no number', () => {
    const named = [...page.matchAll(/^\| `(\w+)` +\|/gm)].map(([, name]) => name);
    expect(named).toEqual(MEASURING_PROBLEMS);
  });

  it('has settings that can be used, with every type of provider', () => {
    const [settings = ''] = blocks('metricProviders:');
    const { metricProviders } = parseSettings(settings, 'settings.yaml');
    const types = new Set(Object.values(metricProviders).map(({ type }) => type));
    expect([...types]).toEqual(PROVIDER_TYPES);
    const names = examples.map(({ analysis }) => analysis.defaultMetricProviderName);
    expect(names.filter((name) => !(name in metricProviders))).toEqual([]);
  });

  it.each(examples)('has queries that can be deployed: $analysis.queries.0.name', (example) => {
    const file = parse(watched({})) as Example & { strategies: unknown };
    const used = JSON.stringify(file.strategies).replace(
      '"errors"',
      JSON.stringify(example.analysis.queries[0].name),
    );
    const text = stringify({ ...file, ...example, strategies: JSON.parse(used) as unknown });
    const { plan, diagnostics } = readDeployment(text, { deploymentId: 'docs' });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(Object.keys(plan?.queries ?? {})).toEqual([example.analysis.queries[0].name]);
  });

  it('has a query for CloudWatch that CloudWatch can be asked', () => {
    const example = examples.find((one) => one.analysis.defaultMetricProviderName === 'cloudwatch');
    const window = { from: new Date(0), to: new Date(120_000) };
    const text = example?.analysis.queries[0].queryTemplate ?? '';
    expect(readQueries(text, window)).toMatchObject({
      returned: 'rate',
      queries: [{ MetricStat: { Period: 120 } }, {}, { Expression: 'errors / invocations' }],
    });
  });
});
