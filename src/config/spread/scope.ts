import { accountOf } from '../../domain/arns.js';
import type { Draft } from '../written/draft.js';
import type { WrittenDeployment } from '../written/schema.js';

type Target = NonNullable<Draft<WrittenDeployment['targets']>>[string];

/** The variables that are filled in where a file says what is deployed, by target. */
export const OF_TARGETS = [
  'sluice.applicationName',
  'sluice.environmentName',
  'sluice.accountName',
  'sluice.accountId',
  'sluice.region',
] as const;

type OfTarget = (typeof OF_TARGETS)[number];

/**
 * What has a value in a text. What has none because it could not be read is there, and undefined;
 * what is not there can have none here.
 */
export interface Scope {
  values: ReadonlyMap<string, string | undefined>;
  /** Why others have no value here: the end of a sentence. */
  otherwise: string;
}

/** What is the same at all targets. */
export interface Everywhere {
  application: string | undefined;
  /** Undefined where it could not be read, as a whole or one value of it. */
  context: Readonly<Record<string, string | undefined>> | undefined;
}

/** For what chooses the targets. */
export function scopeOfFile({ application }: Everywhere): Scope {
  return {
    values: new Map([['sluice.applicationName', application]]),
    otherwise: 'where the targets are chosen',
  };
}

/** The texts of a target that others are made of, in the order in which they are filled in. */
export const BASES = ['account', 'region', 'deployAsIamRole'] as const;

type Basis = (typeof BASES)[number];

const MADE_OF: Readonly<Record<Basis, OfTarget>> = {
  account: 'sluice.accountName',
  region: 'sluice.region',
  deployAsIamRole: 'sluice.accountId',
};

/**
 * For the texts of a target, and of what is deployed there.
 *
 * @param name - of the target
 * @param target - with those of {@link BASES} filled in that come before `basis`
 * @param basis - the one that is to be filled in; absent for everything else
 */
export function scopeOfTarget(
  everywhere: Everywhere,
  name: string,
  target: Target | undefined,
  basis?: Basis,
): Scope {
  const known = basis === undefined ? BASES : BASES.slice(0, BASES.indexOf(basis));
  return {
    values: new Map<string, string | undefined>([
      ['sluice.applicationName', everywhere.application],
      ['sluice.environmentName', name],
      ...known.map((key) => [MADE_OF[key], valueOf(key, target?.[key])] as const),
    ]),
    otherwise: basis === undefined ? 'before the deployment' : `in the ${basis} itself`,
  };
}

function valueOf(key: Basis, text: string | undefined): string | undefined {
  if (text === undefined || key !== 'deployAsIamRole') return text;
  const account = accountOf(text);
  return account === '' ? undefined : account;
}
