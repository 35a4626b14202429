import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { isCode, treeOf } from './files.js';

/** What each imports, itself left out. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/** Which files of a folder import which others of it, types included. */
export function importsOf(folder: string): Graph {
  const files = treeOf(folder).files.filter(isCode);
  const known = new Set(files);
  return new Map(
    files.map((file) => {
      const { importedFiles } = ts.preProcessFile(readFileSync(join(folder, file), 'utf8'));
      const found = importedFiles
        .filter(({ fileName }) => fileName.startsWith('.'))
        .map(({ fileName }) => normalize(join(dirname(file), fileName)))
        .map((path) => (known.has(path) ? path : path.replace(/\.js$/, '.ts')))
        .filter((path) => known.has(path) && path !== file);
      return [file, [...new Set(found)]];
    }),
  );
}

/** The same between groups of files. */
export function grouped(graph: Graph, groupOf: (file: string) => string): Graph {
  const groups = new Map<string, Set<string>>();
  for (const [file, imported] of graph) {
    const from = groupOf(file);
    const known = groups.get(from) ?? new Set();
    for (const to of imported.map(groupOf)) if (to !== from) known.add(to);
    groups.set(from, known);
  }
  return new Map([...groups].map(([from, to]) => [from, [...to]]));
}

/** All pairs of one that imports another. */
export function arrowsOf(graph: Graph): [from: string, to: string][] {
  return [...graph].flatMap(([from, all]) => all.map((to): [string, string] => [from, to]));
}
