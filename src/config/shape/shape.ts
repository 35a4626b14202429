import type { z } from 'zod';
import type { Finding } from '../findings.js';
import { pathText, type Path, type Place } from '../path.js';
import { quoted } from '../printable.js';

const LONGEST_PATH = 120;

/** What was checked against what. */
export interface Shape {
  schema: z.core.$ZodType;
  data: unknown;
  notYet: NotYet;
}

/** The keys and values that belong to the language and that this version does not do. */
export interface NotYet {
  has: (path: Path, value: unknown) => boolean;
  /** The keys among them that a mapping may have. */
  keysAt: (path: Path) => string[];
}

export function notYetFinding(place: Place, name: string): Finding {
  return {
    code: 'not-yet',
    severity: 'error',
    place,
    message: `${quoted(name)} is part of the language, but this version of Sluice does not do it yet.`,
    remedy: 'Remove it, or use a version of Sluice that does it.',
  };
}

/** A path within a sentence. */
export function placeText(path: Path): string {
  if (path.length === 0) return 'the deployment';
  const text = pathText(path);
  return text.length > LONGEST_PATH ? `${text.slice(0, LONGEST_PATH)}…` : text;
}
