import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../dev/setup/paths.js';

/** A fenced block of a page, and what it is. */
export interface Block {
  page: string;
  /** The page and the line on which its text begins. */
  place: string;
  /** What stands behind the fence; empty where nothing does. */
  language: string;
  text: string;
}

/** The pages that people write. Those that are made have tests of their own. */
export const PAGES = ['README.md', 'CONTRIBUTING.md', ...written('docs')];

function written(folder: string): string[] {
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith('.md'));
  return names.filter((name) => name !== 'diagnostics.md').map((name) => `${folder}/${name}`);
}

/** The fenced blocks of all pages, or those of a language. */
export function markdownBlocks(language?: string): Block[] {
  const blocks = PAGES.flatMap(blocksOf);
  return language === undefined ? blocks : blocks.filter((one) => one.language === language);
}

export function blocksOf(page: string): Block[] {
  const source = readFileSync(join(root, page), 'utf8');
  return [...source.matchAll(/^( *)```(\w*)\n(.*?)^ *```$/gms)].map(
    ({ 1: indent = '', 2: language = '', 3: text = '', index }) => {
      const line = source.slice(0, index).split('\n').length + 1;
      const own = text.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
      return { page, place: `${page}:${line}`, language, text: own };
    },
  );
}
