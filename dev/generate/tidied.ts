/** What a reader of the reference learns nothing from, with what is below it. */
const NOISE = ['Extended by', 'Overrides', 'Inherited from', 'Constructors'];

/** The line between two members. It ends the last section of the first. */
const RULE = '***\n\n';

interface Section {
  depth: number;
  title: string;
  text: string;
}

/**
 * A generated page without noise: where a type comes from that the reader does not see, how errors
 * are constructed, and results whose type the signature has shown just before.
 */
export function tidied(page: string): string {
  return withoutNoise(page.split(/^(?=#+ )/m).map(sectionOf))
    .map((section, index, all) => withoutRepetition(section, all[index - 1]))
    .join('');
}

function sectionOf(text: string): Section {
  const [, marks = '', title = ''] = /^(#+) (.*)/.exec(text) ?? [];
  return { depth: marks.length, title, text };
}

function withoutNoise(sections: Section[]): Section[] {
  let below = Infinity;
  return sections.flatMap((section) => {
    if (section.depth <= below) below = NOISE.includes(section.title) ? section.depth : Infinity;
    if (below === Infinity) return [section];
    return section.text.endsWith(RULE) ? [{ ...section, text: RULE }] : [];
  });
}

function withoutRepetition({ title, text }: Section, before: Section | undefined): string {
  if (title === 'Throws' && before?.title === title) return text.replace(/^.*\n\n/, '');
  return title === 'Returns' ? described(text) : text;
}

/** What is said of a result beside its type, if anything. */
function described(section: string): string {
  const [heading = '', , ...text] = section.trimEnd().split('\n\n');
  if (text.length === 0) return '';
  return text[0] === '***' ? RULE : `${[heading, ...text].join('\n\n')}\n\n`;
}
