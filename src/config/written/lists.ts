/**
 * How a list becomes one that stands in a file and in those that it includes: item by item, where
 * an item of the file replaces those with its name; or joined, what is included first. Other lists
 * are replaced as a whole.
 */
export const WAYS_OF_LISTS: Readonly<Record<string, 'byName' | 'joined'>> = {
  webhooks: 'byName',
  'analysis.queries': 'byName',
  artifacts: 'joined',
  'providerOptions.lambda': 'joined',
  trafficManagement: 'joined',
};
