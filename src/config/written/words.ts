import { z } from 'zod';
import { namePattern, type NameKind } from '../../domain/naming.js';
import type { Form } from '../forms.js';

/** What the JSON Schema says of a value beyond what the code checks at the same place. */
type EditorSchema = Readonly<Record<string, unknown>>;

export interface Words {
  /** What the value is for: one or two sentences, shown in editors. */
  help?: string;
  examples?: readonly unknown[];
  editor?: EditorSchema;
}

declare module 'zod' {
  interface GlobalMeta extends Words {
    /** Finishes the sentence "Write …". */
    write?: string;
  }
}

/** Gives a type of the language the words that diagnostics and editors need. */
export function told<Type extends z.ZodType>(type: Type, write: string, words: Words = {}): Type {
  return type.meta({ write, ...words });
}

/** Text that may look like a number or a boolean: it is taken as it is written. */
export function freeText(write: string, { editor, ...words }: Words = {}): z.ZodString {
  return told(z.string(), write, {
    ...words,
    editor: { type: ['string', 'number', 'boolean'], ...editor },
  });
}

/** A name of people's own. The rules refuse other text, with more to say than a pattern has. */
export function named(kind: NameKind, write: string, words: Words = {}): z.ZodString {
  return told(z.string().regex(/\S/), write, {
    ...words,
    editor: { type: ['string', 'number', 'boolean'], pattern: namePattern(kind) },
  });
}

/** Text that is not blank. */
export function notBlank(write: string, words: Words = {}): z.ZodString {
  return told(z.string().regex(/\S/), write, {
    ...words,
    editor: { type: ['string', 'number', 'boolean'] },
  });
}

/** Text of one form. The rules refuse other text, with more to say than a pattern has. */
export function formed(form: Form, write: string, words: Words = {}): z.ZodString {
  return told(z.string(), write, { ...words, editor: { pattern: form.pattern.source } });
}

/** What a JSON Schema says of a text that is filled in, which only then has its form. */
export const TEMPLATE = String.raw`\{\{`;

/** A form, or a text that may have it once it is filled in. */
export function orTemplate(pattern: string): string {
  return `${pattern}|${TEMPLATE}`;
}

/** The same for each target, where variables are filled in. */
export function templated(form: Form, write: string, words: Words = {}): z.ZodString {
  return told(z.string(), write, {
    ...words,
    editor: { pattern: orTemplate(form.pattern.source) },
  });
}

/** One of some words, whatever the case of its letters. */
export function anyCase(words: readonly string[], write: string, help: string): z.ZodString {
  const known = new Set(words.map((word) => word.toLowerCase()));
  const isKnown = (text: string) => known.has(text.toLowerCase());
  const editor = { anyOf: [{ enum: words }, { pattern: anyCasePattern(words) }] };
  return told(z.string().refine(isKnown), write, { help, editor });
}

/** The same without a flag, which a JSON Schema does not have. */
function anyCasePattern(words: readonly string[]): string {
  const letter = (char: string) => `[${char.toLowerCase()}${char.toUpperCase()}]`;
  return `^(${words.map((word) => word.replace(/[A-Za-z]/g, letter)).join('|')})$`;
}
