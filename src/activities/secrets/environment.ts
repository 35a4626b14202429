import type { SecretPlace } from './secretPlace.js';

/** `{{secrets.ci-token}}` is the variable `<prefix>CI_TOKEN`. An empty one counts as not set. */
export function environment(
  prefix: string,
  variables: Readonly<Record<string, string | undefined>>,
): SecretPlace {
  return {
    text: `the environment (${prefix}…)`,
    find: (name) => {
      const variable = `${prefix}${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
      return Promise.resolve(variables[variable] || undefined);
    },
  };
}
