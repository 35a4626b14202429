import type { Finding } from '../findings.js';
import { groupBy } from '../grouping.js';
import { valueAt, type Path } from '../path.js';
import { quoted } from '../quoted.js';
import type { Origins } from './origins.js';

/** A file as it was written, and as it is for its targets. */
interface BothForms {
  written: unknown;
  spread: unknown;
  origins: Origins;
}

/**
 * Findings about a file that was written out for its targets, at the places where the file says what
 * they are about. What a template became is told with the target; what is so for many targets at one
 * place is told of the first.
 */
export function toldOfFile(findings: readonly Finding[], forms: BothForms): Finding[] {
  const { origins } = forms;
  const placed = findings.map((finding) => ({
    finding: { ...finding, place: origins.inFile(finding.place) },
    path: finding.place.path,
    target: origins.targetOf(finding.place.path),
  }));
  const groups = groupBy(placed, ({ finding: { code, place } }) => JSON.stringify([code, place]));
  return [...groups.values()].flatMap((group) => {
    const targets = new Set(group.map(({ target }) => target));
    const [first] = targets;
    return group
      .filter(({ target }) => target === first)
      .map(({ finding, path }) => withTargets(finding, path, targets.size - 1, forms));
  });
}

function withTargets(finding: Finding, path: Path, others: number, forms: BothForms): Finding {
  const became = becameText(path, finding.place.path, forms);
  const more =
    others > 0 ? [`The same holds at ${others} more ${others === 1 ? 'target' : 'targets'}.`] : [];
  return { ...finding, message: [finding.message, ...became, ...more].join(' ') };
}

/** What a template became, where the finding is about one. Variables of functions are not repeated. */
function becameText(path: Path, inFile: Path, { written, spread, origins }: BothForms): string[] {
  if (path.includes('environment')) return [];
  const [template, text] = [valueAt(written, inFile), valueAt(spread, path)];
  if (typeof template !== 'string' || typeof text !== 'string' || template === text) return [];
  const target = origins.targetOf(path) ?? '';
  return [`At the target ${quoted(target)}, ${quoted(template)} became ${quoted(text)}.`];
}
