/** Something in double braces. */
export interface TemplateToken {
  /** As it is written, with its braces. */
  token: string;
  /** Where it begins in the text. */
  start: number;
  /** How many others stand before it in the text. */
  index: number;
}

/** A variable in a template's text. */
export interface TemplateVariable extends TemplateToken {
  /** `context.team` for `{{ context.team }}`. */
  name: string;
}

/** Two braces that do not enclose a variable. */
export interface TemplateFault extends TemplateToken {
  reason: 'unclosed' | 'not a variable';
}

export interface Template {
  variables: TemplateVariable[];
  faults: TemplateFault[];
}

const LONGEST_TOKEN = 60;

/**
 * Finds the variables of a template. Of mustache there are variables only: no sections, no partials
 * and no unescaped form.
 */
export function readTemplate(text: string): Template {
  const template: Template = { variables: [], faults: [] };
  for (const place of templateTokens(text)) {
    const name = place.token.slice(2, -2).trim();
    if (!place.token.endsWith('}}')) template.faults.push({ ...place, reason: 'unclosed' });
    else if (/^[A-Za-z_][^\s{}]*$/.test(name)) template.variables.push({ ...place, name });
    else template.faults.push({ ...place, reason: 'not a variable' });
  }
  return template;
}

/** Everything in double braces; the last token is cut short when it is not closed. */
export function templateTokens(text: string): TemplateToken[] {
  const tokens: TemplateToken[] = [];
  for (let start = text.indexOf('{{'); start >= 0;) {
    const end = text.indexOf('}}', start);
    const [line = ''] = text.slice(start, start + LONGEST_TOKEN).split(/\r?\n/);
    const token = end < 0 ? line : text.slice(start, end + 2);
    tokens.push({ token, start, index: tokens.length });
    start = end < 0 ? -1 : text.indexOf('{{', end + 2);
  }
  return tokens;
}

/** What a template belongs to. */
export type TemplateOwner = 'webhook' | 'query';

/** A variable that is there without anybody having to give it a value. */
export interface BuiltInVariable {
  name: string;
  meaning: string;
  /** In which templates it has a value. */
  in: readonly TemplateOwner[];
  /** Whether it has a value before the target's first write, too. */
  beforeDeployment: boolean;
  /** Whether each function of a target has a value of its own. */
  ofFunction?: true;
}

const EVERYWHERE = ['webhook', 'query'] as const;
const QUERIES = ['query'] as const;

const always = (name: string, meaning: string): BuiltInVariable => ({
  name: `armory.${name}`,
  meaning,
  in: EVERYWHERE,
  beforeDeployment: true,
});

const onceReleased = (name: string, meaning: string): BuiltInVariable => ({
  name: `armory.${name}`,
  meaning,
  in: EVERYWHERE,
  beforeDeployment: false,
  ofFunction: true,
});

const inQueries = (name: string, meaning: string): BuiltInVariable => ({
  name: `armory.${name}`,
  meaning,
  in: QUERIES,
  beforeDeployment: false,
});

export const BUILT_IN_VARIABLES: readonly BuiltInVariable[] = [
  always('applicationName', 'the application'),
  always('deploymentId', "the deployment's id"),
  always('environmentName', 'the target'),
  always('accountName', "the target's account, as the file labels it"),
  always('accountId', "the target's account, twelve digits"),
  always('region', "the target's region"),
  {
    name: 'armory.callbackUri',
    meaning: 'where the callback goes, without the /callback at its end',
    in: ['webhook'],
    beforeDeployment: true,
  },
  onceReleased('functionName', 'the function'),
  onceReleased('aliasName', "the function's alias"),
  onceReleased('version', 'the version that is being deployed'),
  onceReleased('previousVersion', 'the version that it replaces'),
  onceReleased('weight', 'the percentage of the traffic on the new version'),
  inQueries('startTimeIso8601', 'where the look-back begins, such as 2026-01-31T12:00:00Z'),
  inQueries('startTimeEpochSeconds', 'the same in seconds since 1970'),
  inQueries('startTimeEpochMillis', 'the same in milliseconds since 1970'),
  inQueries('endTimeIso8601', 'where the look-back ends, such as 2026-01-31T12:05:00Z'),
  inQueries('endTimeEpochSeconds', 'the same in seconds since 1970'),
  inQueries('endTimeEpochMillis', 'the same in milliseconds since 1970'),
  inQueries('intervalSeconds', 'how many seconds the look-back spans'),
  inQueries('intervalMillis', 'how many milliseconds the look-back spans'),
  inQueries('promQlStepInterval', 'the look-back as Prometheus writes it, such as 300s'),
];
