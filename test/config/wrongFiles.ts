import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { edited } from './edited.js';
import { made, MADE } from './wrongMade.js';

const folder = fileURLToPath(new URL('wrong/', import.meta.url));
const shop = readFileSync(`${folder}base.yaml`, 'utf8');

/** A file with mistakes. */
export interface WrongFile {
  name: string;
  bytes: Uint8Array;
  /** What is written down of it; empty while nothing is. */
  said: string;
  /** The path of the page that it is on. */
  page: string;
}

/**
 * The cases of all pages. A case is a heading, which is its name, and one block:
 *
 * - `diff` edits `base.yaml`, or what the `diff` above the first case of the page makes of that;
 * - `text` is the whole file;
 * - with neither, `wrongMade.ts` makes the file.
 *
 * What is said of the file follows, in a block `console` and a list: the test writes that.
 */
export function wrongFiles(): WrongFile[] {
  const pages = readdirSync(folder).filter((file) => file.endsWith('.md'));
  const files = pages.flatMap((page) => casesOn(`${folder}${page}`));
  const names = files.map(({ name }) => name);
  const twice = names.filter((name, index) => names.indexOf(name) < index);
  if (twice.length > 0) throw new Error(`Two cases are named ${twice.join(', ')}.`);
  const missing = [...MADE].filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Error(`There is no case ${missing.join(', ')} to make.`);
  return files;
}

/** Writes on its page what is said of a file. */
export function writeDown({ name, page }: WrongFile, said: string): void {
  const sections = sectionsOf(page).map((section) =>
    nameOf(section) === name ? `${section.split(SAID)[0]?.trimEnd()}\n\n${said}\n\n` : section,
  );
  writeFileSync(page, `${sections.join('').trimEnd()}\n`);
}

const SAID = /^(?=```console\n)/m;

function casesOn(page: string): WrongFile[] {
  const [top = '', ...sections] = sectionsOf(page);
  const edit = block('diff', top);
  const base = edit === undefined ? shop : edited(shop, edit);
  return sections.map((section) => {
    const name = nameOf(section);
    const [source = '', said = ''] = section.split(SAID);
    return { name, bytes: bytesOf(name, source, base), said: said.trimEnd(), page };
  });
}

function bytesOf(name: string, source: string, base: string): Uint8Array {
  try {
    return made(name, textOf(name, source, base));
  } catch (error) {
    throw new Error(`The case ${name} cannot be made.`, { cause: error });
  }
}

function sectionsOf(page: string): string[] {
  return readFileSync(page, 'utf8').split(/^(?=## )/m);
}

function nameOf(section: string): string {
  return /^## (.*)/.exec(section)?.[1] ?? '';
}

function textOf(name: string, source: string, base: string): string {
  const [edit, text] = [block('diff', source), block('text', source)];
  if (edit !== undefined && text !== undefined) throw new Error('There is an edit and a text.');
  if (edit !== undefined) return edited(base, edit);
  if (text === undefined && !MADE.has(name)) throw new Error('There is no edit and no text.');
  return text ?? base;
}

/** What stands in the block of a language. */
function block(language: string, markdown: string): string | undefined {
  return new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(markdown)?.[1];
}
