import type { SecretPlace } from './secretPlace.js';

/**
 * `{{secrets.ci-token}}` is the variable `<prefix>CI_TOKEN`. An empty one counts as not set. A
 * variable has one name as a secret, however that is written: in lower case, with hyphens.
 */
export function environment(
  prefix: string,
  variables: Readonly<Record<string, string | undefined>>,
): SecretPlace {
  return {
    text: `the environment (${prefix}…)`,
    normal: (name) =>
      name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()).replaceAll(/[_/+=.@]/g, '-'),
    find: (name) => {
      const variable = `${prefix}${name.toUpperCase().replaceAll('-', '_')}`;
      const value = variables[variable];
      return Promise.resolve(value ? { value } : undefined);
    },
  };
}
