import type { Diagnostic } from '../diagnostics.js';
import type { Finding } from '../findings.js';
import { Positions } from '../source/positions.js';
import { Tokens } from '../source/tokens.js';
import { stretchOf } from '../source/tree.js';
import type { SourceSet } from './readIncluding.js';

/** What was found in the texts of files and in what they say, each in its file. */
export function diagnosticsOf(
  { files, tree }: SourceSet,
  findings: readonly Finding[],
): Diagnostic[] {
  const texts = new Map(
    files.map(({ file, text }) => [
      file,
      { positions: new Positions(text, file), tokens: new Tokens(text) },
    ]),
  );
  const ofTexts = files.flatMap(({ file, faults }) =>
    faults.flatMap((fault) => texts.get(file)?.positions.diagnostic(fault, fault) ?? []),
  );
  if (tree === undefined) return ofTexts;
  const ofMeaning = findings.flatMap((finding) => {
    const { file, range } = stretchOf(tree, finding.place);
    const { positions, tokens } = texts.get(file) ?? {};
    const narrowed = tokens?.narrowed(range, finding.place) ?? range;
    const at = { range: narrowed, path: finding.place.path };
    return positions?.diagnostic(finding, at) ?? [];
  });
  return [...ofTexts, ...ofMeaning];
}
