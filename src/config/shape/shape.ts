import type { z } from 'zod';
import { pathText, type Path } from '../path.js';

const LONGEST_PATH = 120;

/** What was checked against what. */
export interface Shape {
  schema: z.core.$ZodType;
  data: unknown;
}

/** A path within a sentence. */
export function placeText(path: Path): string {
  if (path.length === 0) return 'the deployment';
  const text = pathText(path);
  return text.length > LONGEST_PATH ? `${text.slice(0, LONGEST_PATH)}…` : text;
}
