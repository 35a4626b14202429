import { z } from 'zod';
import { must } from './wording.js';

/** An address of HTTP, without a slash at its end. */
export const webAddress = z
  .string(must('an address such as https://sluice.example.com'))
  .refine(isWebAddress, {
    error: 'must be an http:// or https:// address without user, query and fragment',
  })
  .transform((address) => address.replace(/(?<!\/)\/+$/, ''));

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && [username, password, search, hash].join('') === '';
}
