import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { manifest } from '../../dev/setup/manifest.js';
import { root } from '../../dev/setup/paths.js';
import { PAGES } from './support/blocks.js';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const named = (folder: string, pattern: RegExp): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => pattern.test(name))
    .map((name) => `${folder}/${name}`);

/** Where others are named whose code runs. */
const files = [
  ...PAGES,
  'action.yml',
  'docker-compose.yml',
  'Dockerfile',
  ...named('docker', /Dockerfile$/),
  ...named('examples', /\.ya?ml$/),
];

/** What stands at a place of a file, such as `image: <name>`, with the file. */
function found(pattern: RegExp): [file: string, name: string][] {
  return files.flatMap((file) =>
    [...read(file).matchAll(pattern)].map(([, name = '']): [string, string] => [file, name]),
  );
}

/** Where images are named: in Compose files, jobs and pipelines, Dockerfiles and commands. */
const IMAGES = [
  /^ *(?:- )?(?:image|container): +(\S+)$/gm,
  /^ *image:\n *name: +(\S+)$/gm,
  /\bimage '(\S+)'/g,
  /^FROM +(\S+)/gm,
  /\bdocker run .*? ((?:[\w.-]+\/)*[\w.-]+:\d\S*)/g,
];

/** Those of the reader's own registry, which the pages have them push. */
const isOwn = (image: string): boolean => image.startsWith('registry.example.com/');

describe('what others have made, in the documentation and in what is run', () => {
  it('is by digest, if it is an image', () => {
    const stages = found(/ AS (\w+)$/gm).map(([, name]) => name);
    const others = IMAGES.flatMap(found).filter(([, image]) => !stages.includes(image));
    const images = others.filter(([, image]) => !isOwn(image));
    expect(others.filter(([, image]) => isOwn(image)).length).toBeGreaterThan(3);
    expect(images.length).toBeGreaterThan(8);
    expect(images.filter(([, image]) => !/@sha256:[0-9a-f]{64}$/.test(image))).toEqual([]);
  });

  it('is by commit, if it is an action or a plugin', () => {
    const actions = found(/\buses: +(\S+)/g);
    expect(actions.length).toBeGreaterThan(5);
    expect(actions.filter(([, action]) => !/^[\w./-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
    const plugins = found(/^ +- (\S+#\S+):/gm);
    expect(plugins.length).toBeGreaterThan(0);
    expect(plugins.filter(([, plugin]) => !/#[0-9a-f]{40}$/.test(plugin))).toEqual([]);
  });

  it('is by its hashes, if it comes from the Python package index', () => {
    const installs = files.flatMap((file) =>
      read(file)
        .replaceAll(/\\\n */g, '')
        .split('\n')
        .filter((line) => /\bpip3? install\b/.test(line)),
    );
    expect(installs.filter((line) => !line.includes('--require-hashes'))).toEqual([]);
  });

  it('is what a project has installed, where npx runs it', () => {
    const commands = found(/\bnpx +(.*)/g);
    expect(commands.length).toBeGreaterThan(2);
    expect(commands.filter(([, rest]) => !rest.startsWith('--no-install '))).toEqual([]);
  });
});

describe('the pages', () => {
  it('name the version that the package has', () => {
    const versions = found(
      /(?:\bsluice(?:-ci)?[:@-]|--branch v|\bsluice@\w{40} # (?:.* )?v)(\d+\.\d+\.\d+)/g,
    );
    expect(versions.length).toBeGreaterThan(8);
    expect(versions.filter(([, version]) => version !== manifest.version)).toEqual([]);
  });
});
