import type { Given } from '../../config/index.js';
import { oneLine } from './text.js';

/**
 * What each target and function is given, and where the file says so.
 *
 * @param fileName - of the deployment file itself
 */
export function originsLines(given: readonly Given[], fileName: string): string[] {
  const lines: string[] = [];
  let last: Pick<Given, 'target' | 'functionName'> | undefined;
  for (const one of given) {
    const { target, functionName } = one;
    if (target !== last?.target) lines.push(...(last === undefined ? [] : ['']), oneLine(target));
    const isNew = target !== last?.target || functionName !== last.functionName;
    if (functionName !== undefined && isNew) lines.push(`  ${oneLine(functionName)}`);
    lines.push(`${functionName === undefined ? '  ' : '    '}${givenLine(one, fileName)}`);
    last = one;
  }
  return lines;
}

function givenLine({ name, value, file, line, template }: Given, fileName: string): string {
  const from = template === undefined ? '' : `, from ${template}`;
  return oneLine(`${name}: ${valueText(value)}  (${file ?? fileName}:${line}${from})`);
}

function valueText(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : JSON.stringify(value);
}

/** One object; its `schemaVersion` changes when a script that reads it would have to. */
export function originsReport(given: readonly Given[], fileName: string): object {
  return { schemaVersion: 1, origins: given.map((one) => ({ file: fileName, ...one })) };
}
