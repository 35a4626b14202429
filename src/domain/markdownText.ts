import { cleanMarkdown } from './markdown.js';
import { withoutUnprintable } from './printable.js';

/**
 * Markdown that may be shown as it is: Sluice's own, with the texts of others escaped in it. It is
 * no string, so that a text cannot get where Markdown belongs without being escaped, nor be escaped
 * twice. Made with {@link marked}.
 */
export class Markdown {
  private constructor(readonly text: string) {}

  /** A text as it is, in one line, whatever it contains. */
  static of(text: string): Markdown {
    return new Markdown(escaped(text));
  }

  /** Several, with Markdown of Sluice's own between them. */
  static joined(parts: readonly Markdown[], between: string): Markdown {
    return new Markdown(parts.map(({ text }) => text).join(between));
  }

  /** Markdown of others, such as a callback's, as a quotation without what could do harm. */
  static quoted(markdown: string): Markdown {
    const lines = cleanMarkdown(markdown).split('\n');
    return new Markdown(lines.map((line) => `> ${line}`).join('\n'));
  }

  /** Paragraphs, without those that are empty. */
  static paragraphs(parts: readonly Markdown[]): Markdown {
    const kept = parts.filter(({ text }) => text !== '');
    return Markdown.joined(kept, '\n\n');
  }

  /**
   * Lines that are shown as they are, such as commands.
   *
   * @param language - that they are in
   */
  static fenced(lines: readonly string[], language = ''): Markdown {
    const shown = lines.map(withoutUnprintable).join('\n');
    const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
    const fence = '`'.repeat(Math.max(3, longest + 1));
    return new Markdown([`${fence}${language}`, shown, fence].join('\n'));
  }

  /**
   * @param parts - between the values; Sluice's own
   * @param escape - of a dialect that has more to escape
   */
  static template(
    parts: readonly string[],
    values: readonly (string | number | Markdown)[],
    escape: (text: string) => string = escaped,
  ): Markdown {
    const texts = values.map((value) =>
      typeof value === 'object' ? value.text : escape(String(value)),
    );
    return new Markdown(parts.map((part, index) => part + (texts[index] ?? '')).join(''));
  }

  /** At most so many bytes of it, with a mark where something is missing. */
  limited(maxBytes: number): Markdown {
    return new Markdown(limited(this.text, maxBytes));
  }
}

/** Markdown of Sluice's own, in which every text that is put in is shown as it is. */
export function marked(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Markdown)[]
): Markdown {
  return Markdown.template(parts, values);
}

/** What Temporal takes of a summary and of details, in bytes. */
const MAX_SUMMARY_BYTES = 400;
const MAX_DETAILS_BYTES = 20_000;

/** A text as the summary of a workflow, an activity or a timer: one line of Markdown. */
export function summaryText(text: string): string {
  return Markdown.of(text).limited(MAX_SUMMARY_BYTES).text;
}

/** What the Temporal UI shows of a workflow. */
export function detailsText(details: Markdown): string {
  return details.limited(MAX_DETAILS_BYTES).text;
}

function escaped(text: string): string {
  const line = withoutUnprintable(text.replaceAll(/\s+/g, ' '));
  return line.replaceAll(/[\\`*_{}[\]<>#|~&]/g, '\\$&');
}

/** The length in UTF-8 of the ellipsis that stands where text was cut. */
const ELLIPSIS_BYTES = 3;

/** Cut at a whole character. */
function limited(text: string, maxBytes: number): string {
  if (text.length * 3 <= maxBytes) return text;
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= maxBytes) return text;
  const kept = bytes.subarray(0, maxBytes - ELLIPSIS_BYTES);
  return `${new TextDecoder().decode(kept).replace(/\uFFFD{1,3}$/, '')}…`;
}
