/** What zod says of a mistake, as far as the words for it depend on it. */
export interface Issue {
  code?: string | undefined;
  input?: unknown;
  keys?: string[] | undefined;
}

/** What is said of a value that is missing or of another kind. */
export function must(what: string): { error: (issue: Issue) => string } {
  return { error: (issue) => (issue.input === undefined ? 'is missing' : `must be ${what}`) };
}

/** What is said of a mapping with an unknown key, and of what is none. */
export const mapping = {
  error: (issue: Issue) =>
    issue.code === 'unrecognized_keys'
      ? `has no setting named ${(issue.keys ?? []).map((key) => `"${key}"`).join(' or ')}`
      : 'must be a mapping',
};
