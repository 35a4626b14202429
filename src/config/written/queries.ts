import { z } from 'zod';
import { ON_NO_DATA } from '../../domain/plan.js';
import { providerName, queryName } from './fields.js';
import { anyCase, notBlank, told } from './words.js';

const limit = { examples: [0.05] };

const query = told(
  z.strictObject({
    name: queryName,
    queryTemplate: notBlank('the query, in the language of the provider', {
      help: 'A text with {{variables}}. It must answer with one number.',
      examples: ['avg(error_rate{function="{{sluice.functionName}}"})'],
    }),
    upperLimit: told(z.number(), 'a number', {
      help: 'The average must not be greater.',
      ...limit,
    }).exactOptional(),
    lowerLimit: told(z.number(), 'a number', {
      help: 'The average must not be smaller.',
      ...limit,
    }).exactOptional(),
    metricProviderName: providerName({
      help: 'Who answers this query, where the step does not say.',
    }).exactOptional(),
    onNoData: anyCase(
      ON_NO_DATA,
      'fail, pass or retry',
      'What it means when there is no data: the step fails, the run counts as good, or (the default) it is asked again for a while and then fails.',
    ).exactOptional(),
  }),
  'a mapping with name, queryTemplate and a limit',
  { editor: { anyOf: [{ required: ['upperLimit'] }, { required: ['lowerLimit'] }] } },
);

/** What metric providers can be asked. */
export const analysisConfig = told(
  z.strictObject({
    defaultMetricProviderName: providerName({
      help: 'Who answers queries for which nobody else is named. Providers are in the settings of the worker.',
      examples: ['prometheus'],
    }).exactOptional(),
    queries: told(z.array(query), 'a list of queries'),
  }),
  'a mapping with queries',
  { help: 'The queries that analysis steps run.' },
);
