import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What lies in a folder, however deep: paths from the folder on. */
export function treeOf(folder: string): { files: string[]; folders: string[] } {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const paths = (all: typeof entries) =>
    all.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1)).sort();
  return {
    files: paths(entries.filter((entry) => entry.isFile())),
    folders: paths(entries.filter((entry) => entry.isDirectory())),
  };
}

/** Files of code. */
export function isCode(path: string): boolean {
  return /\.[jt]s$/.test(path);
}

/** How many lines half of the files have at most, nine in ten, and the longest. */
export function lengthsOf(paths: readonly string[]): { p50: number; p90: number; max: number } {
  const lengths = paths
    .map((path) => readFileSync(path, 'utf8').trimEnd().split('\n').length)
    .sort((a, b) => a - b);
  const at = (share: number) => lengths[Math.ceil(share * lengths.length) - 1] ?? 0;
  return { p50: at(0.5), p90: at(0.9), max: at(1) };
}
