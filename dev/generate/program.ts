import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { manifest } from '../setup/manifest.js';
import { root } from '../setup/paths.js';

/** The package's ways in, by the name that the package gives each, and the page about it. */
export const ENTRIES = {
  [manifest.name]: 'client',
  [`${manifest.name}/worker`]: 'worker',
  [`${manifest.name}/agent`]: 'agent',
  [`${manifest.name}/gateway`]: 'gateway',
};

export function sourceOf(page: string): string {
  return join(root, `src/${page}.ts`);
}

/**
 * The ways in as one program, with files beside them that exist in memory only: examples, say, which
 * import the package by its name.
 *
 * @param extra - texts by path
 */
export function createProgram(extra: ReadonlyMap<string, string> = new Map()): ts.Program {
  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  host.readFile = (path) => extra.get(path) ?? ts.sys.readFile(path);
  host.fileExists = (path) => extra.has(path) || ts.sys.fileExists(path);
  const entries = Object.values(ENTRIES).map(sourceOf);
  return ts.createProgram({ rootNames: [...entries, ...extra.keys()], options, host });
}

/** Those of the project, and the package's name for what is not built yet. */
function compilerOptions(): ts.CompilerOptions {
  const path = join(root, 'tsconfig.json');
  const json: unknown = ts.parseConfigFileTextToJson(path, readFileSync(path, 'utf8')).config;
  const { options } = ts.parseJsonConfigFileContent(json, ts.sys, root);
  const paths = Object.entries(ENTRIES).map(([name, page]) => [name, [sourceOf(page)]]);
  return { ...options, paths: Object.fromEntries(paths) as ts.MapLike<string[]> };
}
