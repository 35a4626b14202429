import type { Problem } from '../diagnostics.js';

/** A deployment file as text, with those that it includes. */
export interface DeploymentTexts {
  text: string | Uint8Array;
  /**
   * What messages call it, mostly its path. They name what it includes from the same folder.
   *
   * @default 'deployment'
   */
  name?: string;
  /** The absolute path of its folder, where it has one: a file may be found by several ways. */
  folder?: string;
  /** By their paths from the folder of the file, such as `../shared/webhooks.yaml`. */
  included?: ReadonlyMap<string, IncludedText>;
}

/** What is in an included file, or why nobody could read it. */
export type IncludedText = string | Uint8Array | Unread;

/** Why an included file was not read. */
export type Unread = Pick<Problem, 'code' | 'message' | 'remedy'>;

export function isUnread(text: IncludedText): text is Unread {
  return typeof text !== 'string' && !(text instanceof Uint8Array);
}

/** In bytes of UTF-8. */
export function sizeOf(text: string | Uint8Array): number {
  return typeof text === 'string' ? Buffer.byteLength(text) : text.length;
}
