import type { Breach } from '../findings.js';
import { groupBy } from '../groupBy.js';
import { quoted } from '../printable.js';
import type { Said } from './facts.js';
import type { Rule } from './rule.js';

/** Of keys only those that differ in white space or in the form of their characters get here. */
export const duplicateTarget: Rule = {
  code: 'duplicate-target',
  breaches: ({ targets = [] }) => repeated('targets', targets, ({ name }) => name),
};

export const duplicateStrategy: Rule = {
  code: 'duplicate-strategy',
  breaches: ({ strategies = [] }) => repeated('strategies', strategies, ({ name }) => name),
};

export const duplicateArtifact: Rule = {
  code: 'duplicate-artifact',
  breaches: ({ artifacts = [] }) =>
    repeated('artifacts', artifacts, ({ functionName }) => functionName),
};

export const duplicateFunction: Rule = {
  code: 'duplicate-function',
  breaches({ functions = [] }) {
    const byTarget = groupBy(functions, ({ target }) => target?.value);
    return [...byTarget].flatMap(([target, group]) =>
      repeated(`functions of the target ${quoted(target)}`, group, ({ name }) => name),
    );
  },
};

/** @param noun - in the plural */
function repeated<Item>(
  noun: string,
  items: readonly Item[],
  nameOf: (item: Item) => Said<string> | undefined,
): Breach[] {
  const groups = groupBy(items, (item) => nameOf(item)?.value);
  return [...groups].flatMap(([name, [, ...others]]) =>
    others.flatMap((item) => {
      const place = nameOf(item)?.place;
      if (place === undefined) return [];
      const message = `Two ${noun} are named ${quoted(name)}.`;
      return [{ place, message, remedy: 'Keep one of the two, or give one another name.' }];
    }),
  );
}
