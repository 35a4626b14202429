/**
 * A text with an edit made to it. The edit is the body of a unified diff: lines that go (`-`), lines
 * that come (`+`), and as many lines that stay (` `) as it takes to say where. `@@` begins another
 * place.
 */
export function edited(text: string, diff: string): string {
  return diff.split(/^@@\n/m).reduce(editedOnce, text);
}

function editedOnce(text: string, hunk: string): string {
  const edit = hunk.split('\n').slice(0, -1);
  const strange = edit.find((line) => !/^[-+ ]/.test(line));
  if (strange !== undefined) throw new Error(`A line of an edit has no -, + or blank: ${strange}`);
  const before = without('+', edit);
  const lines = text.split('\n');
  const places = [...lines.keys()].filter((start) =>
    before.every((line, index) => lines[start + index] === line),
  );
  const [place] = places;
  if (place === undefined || places.length > 1)
    throw new Error(
      `These lines must be there once, and are there ${places.length} times:\n${hunk}`,
    );
  return lines.toSpliced(place, before.length, ...without('-', edit)).join('\n');
}

function without(sign: string, edit: readonly string[]): string[] {
  return edit.filter((line) => !line.startsWith(sign)).map((line) => line.slice(1));
}
