import type { Breach } from '../findings.js';
import { REGION } from '../forms.js';
import { groupBy } from '../grouping.js';
import { quoted } from '../quoted.js';
import { MAX_SUGGESTIONS } from '../shape/nearest.js';
import type { FunctionFact } from './facts.js';
import { regionsByTarget, isRegion, meantRegion } from './knownRegions.js';
import type { Rule } from './rule.js';

/** The most regions that a message names. */
const MAX_REGIONS = 3;

/** Well-formed, and most likely not what is meant; only AWS knows which regions there are. */
export const misspeltRegion: Rule = {
  code: 'misspelt-region',
  severity: 'warning',
  reason:
    'AWS has no region of this name that this version of Sluice knows, and one that is much alike.',
  wrong: 'targets:\n  production: {region: us-esat-1}',
  right: 'targets:\n  production: {region: us-east-1}',
  breaches: ({ targets = [] }) =>
    targets
      .flatMap(({ region }) => region ?? [])
      .filter(({ value }) => REGION.pattern.test(value) && !isRegion(value))
      .slice(0, MAX_SUGGESTIONS)
      .flatMap(({ value, place }): Breach[] => {
        const message = `${quoted(value)} is not a region that is known.`;
        return [{ place, message, remedy: `Did you mean ${quoted(meantRegion(value) ?? '')}?` }];
      }),
};

/** A bucket is in one region, and Lambda takes packages from no other than its own. */
export const packageRegion: Rule = {
  code: 'package-region',
  reason:
    'Lambda takes a package only from a bucket in its own region, and a bucket is in one region. So each region has a bucket of its own, and the path of the package says which.',
  wrong: `targets:
  production: {region: us-east-1}
  europe: {account: shop, deployAsIamRole: arn:aws:iam::111111111111:role/Deploy, region: eu-west-1, strategy: gradual}
artifacts:
  - {functionName: orders, path: s3://packages/orders.zip, type: zipFile}
providerOptions:
  lambda:
    - {target: production, name: orders, runAsIamRole: arn:aws:iam::111111111111:role/Run, handler: a.b, runtime: nodejs24.x}
    - {target: europe, name: orders, runAsIamRole: arn:aws:iam::111111111111:role/Run, handler: a.b, runtime: nodejs24.x}`,
  right: `targets:
  production: {region: us-east-1}
  europe: {account: shop, deployAsIamRole: arn:aws:iam::111111111111:role/Deploy, region: eu-west-1, strategy: gradual}
artifacts:
  - {functionName: orders, path: "s3://packages-{{sluice.region}}/orders.zip", type: zipFile}
providerOptions:
  lambda:
    - {name: orders, runAsIamRole: arn:aws:iam::111111111111:role/Run, handler: a.b, runtime: nodejs24.x}`,
  breaches({ targets = [], functions = [] }) {
    const regions = regionsByTarget(targets);
    const regionOf = ({ target }: FunctionFact) => regions.get(target?.value ?? '');
    const uses = functions.flatMap((each) => each.buckets.map((bucket) => ({ bucket, each })));
    const told = new Set<FunctionFact>();
    return [...groupBy(uses, ({ bucket }) => bucket)].flatMap(([bucket, group]): Breach[] => {
      const users = group.map(({ each }) => each);
      const wanted = [...new Set(users.flatMap((each) => regionOf(each) ?? []))];
      const other = users.find((each) => regionOf(each) === wanted[1]);
      if (wanted.length < 2 || other?.name === undefined || told.has(other)) return [];
      // A function in two regions has two buckets at fault, and one remedy.
      told.add(other);
      const message = `The bucket ${quoted(bucket)} has to be in ${regionsText(wanted)} at once, and a bucket is in one region.`;
      const remedy =
        'Name the bucket by the region, such as packages-{{sluice.region}}, or give each region an artifact with targets of its own.';
      return [{ place: other.name.place, message, remedy }];
    });
  },
};

function regionsText(regions: readonly string[]): string {
  const shown = regions.slice(0, MAX_REGIONS);
  const more = regions.length > MAX_REGIONS ? [`${regions.length - MAX_REGIONS} more`] : [];
  return [...shown, ...more].join(' and ');
}
