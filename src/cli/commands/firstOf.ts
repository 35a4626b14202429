/** The first of a list, and what to say when there are more. */
export async function firstOf<Item>(
  limit: number,
  items: AsyncIterable<Item> | Iterable<Item>,
): Promise<{ first: Item[]; more?: string }> {
  const first: Item[] = [];
  for await (const item of items) {
    if (first.length === limit) return { first, more: moreText(limit) };
    first.push(item);
  }
  return { first };
}

function moreText(limit: number): string {
  return `There are more than ${limit}: see more with --limit.`;
}
