import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { manifest } from '../../../dev/setup/manifest.js';
import { root } from '../../../dev/setup/paths.js';

/** A TypeScript example, and where a reader finds it. */
export interface Example {
  place: string;
  code: string;
}

/** The examples in the docstrings of the client and of the package's other ways in. */
export function docstringExamples(): Example[] {
  const inside = readdirSync(join(root, 'src/client'), { recursive: true }).map(String);
  const client = inside.filter((name) => name.endsWith('.ts')).map((name) => `src/client/${name}`);
  const files = ['src/client.ts', 'src/worker.ts', 'src/agent.ts', 'src/gateway.ts', ...client];
  return files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const found = [...text.matchAll(/^ *\* ```ts\n(.*?)^ *\* ```$/gms)];
    return found.map(([, block = ''], index) => ({
      place: `${file}, example ${index + 1}`,
      code: block.replaceAll(/^ *\* ?/gm, ''),
    }));
  });
}

/** Examples that connect to nothing begin where there is a client already. */
const CONNECTED = `import type { Sluice } from '${manifest.name}';\ndeclare const sluice: Sluice;\n`;

/** Files in memory for examples: their paths, and what is in them. */
export function exampleFiles(examples: readonly Example[]): Map<string, string> {
  return new Map(
    examples.map(({ code }, index) => {
      const isWhole = /\bsluice = await connect\(/.test(code);
      const text = `${isWhole ? '' : CONNECTED}${code}\nexport {};\n`;
      return [join(root, `test/docs/example-${index}.ts`), text];
    }),
  );
}

/** What the compiler says of each example: sentences, by the example's place. */
export function complaints(program: ts.Program, examples: readonly Example[]): string[] {
  const files = [...exampleFiles(examples).keys()];
  return examples.flatMap(({ place }, index) => {
    const file = program.getSourceFile(files[index] ?? '');
    if (file === undefined) return [`${place} is not in the program.`];
    const found = [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ];
    return found.map(
      ({ messageText }) => `${place}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  });
}
