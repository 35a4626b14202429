import { MAX_COMMENT, MAX_ORIGIN, shortText } from './shortText.js';

export const GOING_BACK = ['before', 'after', 'again'] as const;

/** What a deployment goes back to, of an earlier one of its application. */
export interface GoingBack {
  /**
   * - `before`: what was live before it
   * - `after`: what was live when it had ended
   * - `again`: all that it did, from the beginning
   */
  to: (typeof GOING_BACK)[number];
  /** The earlier deployment's id. */
  deploymentId: string;
  /** Why, as whoever asked for it says. */
  comment?: string;
}

const TEXTS: Readonly<Record<GoingBack['to'], (id: string) => string>> = {
  before: (id) => `gives back what was live before deployment ${id}`,
  after: (id) => `gives back what was live after deployment ${id}`,
  again: (id) => `does again what deployment ${id} did`,
};

export function goingBackText({ to, deploymentId, comment }: GoingBack): string {
  const text = TEXTS[to](deploymentId);
  return comment === undefined ? text : `${text}: ${comment}`;
}

/** Makes sense of what stands in a memo, which any service may have written. */
export function readGoingBack(value: unknown): GoingBack | undefined {
  const { to, deploymentId, comment } = (value ?? {}) as Record<string, unknown>;
  if (typeof to !== 'string' || !Object.hasOwn(TEXTS, to)) return undefined;
  if (typeof deploymentId !== 'string') return undefined;
  return {
    to: to as GoingBack['to'],
    deploymentId: shortText(deploymentId, MAX_ORIGIN),
    ...(typeof comment === 'string' && { comment: shortText(comment, MAX_COMMENT) }),
  };
}
