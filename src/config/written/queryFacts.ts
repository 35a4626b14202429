import { normalName } from '../../domain/naming.js';
import { said, type QueryFact } from '../rules/facts.js';
import type { Draft } from './draft.js';
import type { WrittenDeployment } from './schema.js';

/** What the queries of a file say. A file without them has none. */
export function queryFacts(file: Draft<WrittenDeployment>): QueryFact[] | undefined {
  const { analysis } = file;
  if (analysis === undefined) return 'analysis' in file ? undefined : [];
  const hasDefault = 'defaultMetricProviderName' in analysis;
  return analysis.queries?.map((query = {}, index) => {
    const path = ['analysis', 'queries', index];
    const { name, queryTemplate, upperLimit, lowerLimit, metricProviderName: provider } = query;
    return {
      name: said(name && normalName(name), [...path, 'name']),
      template: said(queryTemplate, [...path, 'queryTemplate']),
      upper: said(upperLimit, [...path, 'upperLimit']),
      lower: said(lowerLimit, [...path, 'lowerLimit']),
      hasLimit: 'upperLimit' in query || 'lowerLimit' in query,
      hasProvider: hasDefault || 'metricProviderName' in query,
      provider: said(provider && normalName(provider), [...path, 'metricProviderName']),
    };
  });
}
