import { escapedJson, escapedYaml, printable } from './printable.js';

/**
 * Text that a terminal or a log may be given as it is: whatever of it came from outside has a
 * visible sign in the place of what a terminal would obey. It is no string, so that a text cannot
 * get to a terminal without being made one, and styles survive.
 */
export class TerminalText {
  private constructor(readonly text: string) {}

  /** A text, with its line breaks and tabs. */
  static of(text: string): TerminalText {
    return new TerminalText(eachPart(text.replaceAll('\r\n', '\n'), printable));
  }

  /** A text in one line, whatever it contains. */
  static line(text: string): TerminalText {
    return new TerminalText(printable(text.replaceAll(/\s+/g, ' ').trim()));
  }

  /** A value as JSON, which says the same without any unprintable character. */
  static json(value: unknown, indent?: number): TerminalText {
    const lines = JSON.stringify(value, undefined, indent).split('\n');
    return new TerminalText(lines.map(escapedJson).join('\n'));
  }

  /** YAML in which unprintable characters stand within double quotes alone. */
  static yaml(text: string): TerminalText {
    return new TerminalText(eachPart(text, escapedYaml));
  }

  /** Several, with line breaks between them. */
  static lines(lines: readonly TerminalText[]): TerminalText {
    return new TerminalText(lines.map(({ text }) => text).join('\n'));
  }

  /**
   * @param parts - between the values; Sluice's own
   * @param values - no text is an object; each part of the build has a class of its own
   */
  static template(
    parts: readonly string[],
    values: readonly (string | number | TerminalText)[],
  ): TerminalText {
    const texts = values.map((value) =>
      typeof value === 'object' ? value.text : TerminalText.of(String(value)).text,
    );
    return new TerminalText(parts.map((part, index) => part + (texts[index] ?? '')).join(''));
  }

  /** @param style - puts what a terminal obeys around it, such as a colour */
  styled(style: (text: string) => string): TerminalText {
    return new TerminalText(style(this.text));
  }

  /** Without white space at its end. */
  trimEnd(): TerminalText {
    return new TerminalText(this.text.trimEnd());
  }
}

/** Sluice's own text, in which every text that is put in is made fit for a terminal. */
export function terminal(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | TerminalText)[]
): TerminalText {
  return TerminalText.template(parts, values);
}

/** Line breaks and tabs stay as they are. */
function eachPart(text: string, change: (part: string) => string): string {
  return text
    .split(/([\n\t])/)
    .map((part) => (part === '\n' || part === '\t' ? part : change(part)))
    .join('');
}
