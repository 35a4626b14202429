import { textFault, type TextFault } from './faults.js';

/** Keys that begin a line, or stand in a mapping in braces, in hardly anything but a deployment. */
const OWN_KEYS =
  /(?:^\ufeff?|[{,]\s*)["']?(?:version["']?[ \t]*:[ \t]*["']?v\d|kind["']?[ \t]*:[ \t]*["']?lambda|(?:application|targets|strategies|providerOptions|trafficManagement|deploymentConfig|contextOverrides)["']?[ \t]*:)/m;

/**
 * Whether a text looks like a deployment, even a broken one. What does not may be anything, such as
 * somebody's credentials, and nothing of it is quoted.
 */
export function isDeployment(text: string): boolean {
  return OWN_KEYS.test(text);
}

/** Keys that a part of a deployment may have instead. Other files have them too. */
const PART_KEYS =
  /^\ufeff?(?:\{\s*)?["']?(?:include|context|targetFilters|artifacts|analysis|webhooks)["']?[ \t]*:/m;

/** Whether a text looks like a deployment or a part of one. */
export function isPart(text: string): boolean {
  return isDeployment(text) || PART_KEYS.test(text);
}

/** Whether a text has nothing but comments and the marks of YAML documents. */
export function isBlank(text: string): boolean {
  const marks = ['', '---', '...'];
  return text.split('\n').every((line) => {
    const shown = line.trim();
    return shown.startsWith('#') || marks.includes(shown);
  });
}

/** @param mayBePart - whether another file may include it */
export function noDeployment(mayBePart: boolean): TextFault {
  return textFault(
    'no-deployment',
    { start: 0, end: 0 },
    'This is no deployment file: it has none of the keys of one.',
    mayBePart
      ? 'Name the deployment file; where this is a part of one, the file that includes it.'
      : 'Name the deployment file. It begins with "version: v1" and "kind: lambda".',
  );
}

export function noPart(): TextFault {
  return textFault(
    'no-deployment',
    { start: 0, end: 0 },
    'This is no part of a deployment: it has none of the keys of one.',
    'Correct the name under "include", or begin with a key such as "webhooks:".',
  );
}
