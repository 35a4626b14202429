import { normalName } from '../../domain/naming.js';
import { contextOverrides, type Adjustments } from '../written/adjustments.js';
import type { WrittenDeployment } from '../written/schema.js';

/** What the steps of a file need to know of the rest of it. */
export interface RestOfFile {
  /** The provider that answers a query unless a step names another. */
  providerOf: (query: string) => string;
  /** A step's own context as it is in the plan, where overrides have already won. */
  stepContext: (context: Record<string, string> | undefined) => Record<string, string>;
}

export function restOfFile(file: WrittenDeployment, adjustments: Adjustments): RestOfFile {
  const { defaultMetricProviderName = '', queries = [] } = file.analysis ?? {};
  const providers = new Map(
    queries.map((query) => [normalName(query.name), query.metricProviderName]),
  );
  const overrides = new Map(Object.entries(contextOverrides(file, adjustments)));
  return {
    providerOf: (query) => providers.get(query) ?? defaultMetricProviderName,
    stepContext: (context = {}) =>
      Object.fromEntries(
        Object.entries(context).map(([key, value]) => [key, overrides.get(key) ?? value]),
      ),
  };
}
