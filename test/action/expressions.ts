/** What expressions can speak of, such as `inputs` and `steps`, with lower-case keys for inputs. */
export type Contexts = Record<string, unknown>;

/**
 * A text with its `${{ … }}` evaluated, as far as the action uses them: a path into a context. What
 * is not there is empty text.
 */
export function evaluated(text: string, contexts: Contexts): string {
  return text.replaceAll(/\$\{\{ *([\w.-]+) *\}\}/g, (_, path: string) => {
    const value = path.split('.').reduce<unknown>(member, contexts);
    return typeof value === 'string' ? value : '';
  });
}

function member(of: unknown, key: string): unknown {
  return typeof of === 'object' && of !== null ? (of as Contexts)[key] : undefined;
}
