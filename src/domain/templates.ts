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
  /** `context.team` for `{{ context.team }}`, and `sluice.region` for `{{armory.region}}`. */
  name: string;
  /** The name as it stands in the text, for what is said to whoever wrote it. */
  written: string;
}

/** Two braces that do not enclose a variable. */
export interface TemplateFault extends TemplateToken {
  reason: 'unclosed' | 'not a variable';
}

export interface Template {
  variables: TemplateVariable[];
  faults: TemplateFault[];
  /** Whether it was read to its end: nothing is read after {@link MAX_VARIABLES}. */
  whole: boolean;
}

/** The longest template, in characters. */
export const MAX_TEMPLATE = 64 * 1024;

/** The most variables of one template. */
export const MAX_VARIABLES = 100;

const LONGEST_TOKEN = 60;

/**
 * Finds the variables of a template. Of mustache there are variables only: no sections, no partials
 * and no unescaped form.
 */
export function readTemplate(text: string): Template {
  const tokens = templateTokens(text);
  const template: Template = { variables: [], faults: [], whole: tokens.length <= MAX_VARIABLES };
  for (const place of tokens.slice(0, MAX_VARIABLES)) {
    const written = place.token.slice(2, -2).trim();
    if (!place.token.endsWith('}}')) template.faults.push({ ...place, reason: 'unclosed' });
    else if (!/^[A-Za-z_][^\s{}]*$/.test(written))
      template.faults.push({ ...place, reason: 'not a variable' });
    else template.variables.push({ ...place, name: nameOf(written), written });
  }
  return template;
}

/** The variables of texts that are filled in together; none where they have too many. */
export function variablesOfAll(texts: readonly string[]): {
  variables: TemplateVariable[];
  whole: boolean;
} {
  const read = texts.map(readTemplate);
  const variables = read.flatMap((one) => one.variables);
  const whole = read.every((one) => one.whole) && variables.length <= MAX_VARIABLES;
  return { variables: whole ? variables : [], whole };
}

/**
 * Everything in double braces, but no more than shows that it is too much; the last token is cut
 * short when it is not closed.
 */
export function templateTokens(text: string): TemplateToken[] {
  const tokens: TemplateToken[] = [];
  for (let start = text.indexOf('{{'); start >= 0 && tokens.length <= MAX_VARIABLES;) {
    const end = text.indexOf('}}', start);
    const [line = ''] = text.slice(start, start + LONGEST_TOKEN).split(/\r?\n/);
    const token = end < 0 ? line : text.slice(start, end + 2);
    tokens.push({ token, start, index: tokens.length });
    start = end < 0 ? -1 : text.indexOf('{{', end + 2);
  }
  return tokens;
}

/** Where the value of a variable comes from: Sluice itself, the deployment file, or the worker. */
export type Source = 'sluice' | 'context' | 'secrets';

/** `context` and `team` of the variable `context.team`; undefined when its name is of no source. */
export function readName(name: string): { source: Source; key: string } | undefined {
  const [, source, key] = /^(sluice|context|secrets)\.(.+)$/.exec(name) ?? [];
  return key === undefined ? undefined : { source: source as Source, key };
}

const OWN = 'sluice.';

/** How files that come from Armory begin what Sluice itself gives: it is one and the same. */
const ARMORYS = 'armory.';

function nameOf(written: string): string {
  return written.startsWith(ARMORYS) ? OWN + written.slice(ARMORYS.length) : written;
}

/** Every way to write a variable, its name first. */
export function spellingsOf(name: string): string[] {
  return name.startsWith(OWN) ? [name, ARMORYS + name.slice(OWN.length)] : [name];
}

/** What names a value within one source; undefined when the variable is of another. */
export function keyIn(source: Source, name: string): string | undefined {
  const read = readName(name);
  return read?.source === source ? read.key : undefined;
}
