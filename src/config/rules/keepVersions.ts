import { LEAST_KEPT_VERSIONS } from '../../domain/oldVersions.js';
import { exampleOption } from './exampleParts.js';
import type { Rule } from './rule.js';

const option = (line: string): string => exampleOption('runtime: nodejs24.x', line);

export const keepVersions: Rule = {
  code: 'keep-versions',
  inEditor: true,
  reason:
    'What is kept is at least the version that serves and the one before it, which a rollback gives the traffic back to.',
  wrong: option('keepVersions: 1'),
  right: option('keepVersions: 10'),
  breaches: ({ functions }) =>
    (functions ?? []).flatMap(({ keepVersions: given }) => {
      if (given === undefined || given.value >= LEAST_KEPT_VERSIONS) return [];
      const message = `${given.value} is too few: a rollback would have nothing to go back to.`;
      const remedy = `Write a whole number from ${LEAST_KEPT_VERSIONS} on, or leave it out to delete none.`;
      return [{ place: given.place, message, remedy }];
    }),
};
