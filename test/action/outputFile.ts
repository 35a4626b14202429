/**
 * The outputs in a file that GITHUB_OUTPUT names, read as a runner does.
 *
 * @throws Error for what a runner refuses
 */
export function outputsIn(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  while (lines.length > 0) {
    const line = lines.shift() ?? '';
    const [, name = '', end] = /^([^=]+?)<<(.+)$/.exec(line) ?? [];
    if (end !== undefined) {
      const length = lines.indexOf(end);
      if (length < 0) throw new Error(`Matching delimiter not found '${end}'`);
      outputs[name] = lines
        .splice(0, length + 1)
        .slice(0, -1)
        .join('\n');
    } else if (line.includes('=')) {
      outputs[line.slice(0, line.indexOf('='))] = line.slice(line.indexOf('=') + 1);
    } else if (line !== '') {
      throw new Error(`Invalid format '${line}'`);
    }
  }
  return outputs;
}
