import type { Breach } from '../findings.js';
import { quoted } from '../printable.js';
import { nearest } from '../shape/nearest.js';
import { LONGEST_LIST, oneOf } from '../shape/wording.js';
import type { Facts, Said } from './facts.js';
import type { Rule } from './rule.js';

/** Looking for the nearest of many names takes time, so it is done for what people will read. */
const MAX_SUGGESTIONS = 50;

const OTHERWISE = 'Add it, or correct the name.';

export const unknownTarget: Rule = {
  code: 'unknown-target',
  breaches: (facts) => dangling('target', targetReferences(facts), namesOf(facts.targets)),
};

export const unknownStrategy: Rule = {
  code: 'unknown-strategy',
  breaches: ({ targets = [], strategies }) =>
    dangling(
      'strategy',
      targets.map((target) => target.strategy),
      namesOf(strategies),
    ),
};

/** Most likely the strategy of some target is another one than its author thinks. */
export const unusedStrategy: Rule = {
  code: 'unused-strategy',
  severity: 'warning',
  breaches({ targets, strategies = [] }) {
    if (targets === undefined || targets.some((target) => target.strategy === undefined)) return [];
    const known = new Set(strategies.map(({ name }) => name.value));
    const used = new Set(targets.map((target) => target.strategy?.value ?? ''));
    // Where a name is misspelt, it is known already which strategy lacks a target.
    if ([...used].some((name) => !known.has(name))) return [];
    const unused = strategies.filter(({ name }) => !used.has(name.value));
    return unused.map(({ name }) => ({
      place: name.place,
      message: `No target uses the strategy ${quoted(name.value)}.`,
      remedy: 'Name it at a target, or remove it.',
    }));
  },
};

function targetReferences({
  targets = [],
  functions = [],
  aliases,
}: Facts): (Said<string> | undefined)[] {
  return [
    ...targets.flatMap((target) => target.dependsOn),
    ...functions.map((each) => each.target),
    ...aliases.map((alias) => alias.target),
  ];
}

function namesOf(named: { name: Said<string> }[] | undefined): Set<string> | undefined {
  return named && new Set(named.map(({ name }) => name.value));
}

/** @param names - undefined when it is not known which there are */
function dangling(
  noun: string,
  references: (Said<string> | undefined)[],
  names: ReadonlySet<string> | undefined,
): Breach[] {
  if (names === undefined) return [];
  const lost = references.filter((reference) => reference !== undefined);
  return lost
    .filter(({ value }) => !names.has(value))
    .map(({ value, place }, index) => ({
      place,
      message: `There is no ${noun} ${quoted(value)}.`,
      remedy: index < MAX_SUGGESTIONS ? suggestion(value, names) : OTHERWISE,
    }));
}

function suggestion(word: string, names: ReadonlySet<string>): string {
  const near = nearest(word, names);
  if (near !== undefined) return `Did you mean ${quoted(near)}?`;
  return names.size <= LONGEST_LIST && names.size > 0
    ? `Add it, or name ${oneOf([...names].map(quoted))}.`
    : OTHERWISE;
}
