import { stringify } from 'yaml';
import { printable } from '../domain/printable.js';
import type { Plan } from '../domain/plan.js';
import type { SourceSet } from './include/readIncluding.js';
import { pathText } from './path.js';
import { Positions } from './source/positions.js';
import { stretchOf } from './source/tree.js';
import { saidWhere, type SaidWhere } from './spread/saidWhere.js';
import type { Origins } from './spread/origins.js';
import { usedFile } from './spread/usedFile.js';
import type { Adjustments } from './written/adjustments.js';
import type { WrittenDeployment } from './written/schema.js';

/** What a target or a function at it is given, and where a file says so. */
export interface Given extends Omit<SaidWhere, 'path'> {
  /** The included file that says so; absent for the deployment file itself. */
  file?: string;
  /** Lines and columns begin with 1; columns are UTF-16 units. */
  line: number;
  column: number;
  /** Where it stands in the deployment, such as `providerOptions.lambda[0].memorySize`. */
  path: string;
}

/** A file as it is for its targets, with everything filled in. */
export interface ForTargets {
  /** YAML that means the same, in which each entry is for one target. */
  yaml(): string;
  /** Every value of the targets and of their functions, in the order of the plan. */
  given(): Given[];
}

/** What a file means, beside what it says. */
export interface Meaning {
  plan: Plan;
  asked: Adjustments;
  /** As it was written. */
  written: unknown;
  /** Written out: each entry is for one target. */
  file: WrittenDeployment;
  origins: Origins;
}

export function forTargets(meaning: Meaning, { files, tree }: SourceSet): ForTargets {
  const { plan, asked, file } = meaning;
  return {
    yaml: () => stringify(usedFile(file, plan, asked), YAML_OPTIONS),
    given() {
      const positions = new Map(files.map(({ file, text }) => [file, new Positions(text, file)]));
      return saidWhere(meaning).map(({ path, ...said }): Given => {
        const place = { path, part: 'value' } as const;
        const stretch = tree && stretchOf(tree, place);
        const at = stretch && positions.get(stretch.file)?.at(stretch.range.start);
        return {
          ...said,
          ...(stretch?.file !== undefined && { file: stretch.file }),
          line: at?.line ?? 1,
          column: at?.column ?? 1,
          path: printable(pathText(path)),
        };
      });
    },
  };
}

/** What older YAML takes for something else than text stands in quotes, as the reader wants it. */
const YAML_OPTIONS = { aliasDuplicateObjects: false, lineWidth: 0, version: '1.1' } as const;
