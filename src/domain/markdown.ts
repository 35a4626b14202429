import { withoutUnprintable } from './printable.js';

/** The longest Markdown from outside that is kept, in characters. */
export const MAX_MARKDOWN = 1000;

/** What is looked at of a longer text, in characters: cleaning makes it hardly longer. */
export const MAX_MARKDOWN_READ = 2 * MAX_MARKDOWN;

/**
 * Markdown from outside without what could do harm where it is shown: no HTML (a space after the
 * bracket keeps it text), no images, which are loaded from where the sender likes, no links but to
 * web pages and mail addresses, no control characters; at most {@link MAX_MARKDOWN} characters.
 * Cleaning twice is like cleaning once.
 */
export function cleanMarkdown(text: string): string {
  const read = text.slice(0, MAX_MARKDOWN_READ).replaceAll(/\r\n?/g, '\n');
  const cleaned = read
    .split('\n')
    .map(withoutUnprintable)
    .join('\n')
    .replaceAll(/(?<!!)!+\[/g, '[')
    .replaceAll(/\]\((?!(?:https?:\/\/|mailto:))/gi, '] (')
    .replaceAll(/\]:(?!\s*(?:https?:\/\/|mailto:))/gi, '] :')
    .replaceAll(/<(?=[a-z/!?])/gi, '< ')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  return cleaned.length <= MAX_MARKDOWN ? cleaned : `${cleaned.slice(0, MAX_MARKDOWN - 1).trim()}…`;
}

/** A text in one line, and cut. */
export function inOneLine(text: string, length: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
