import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import semver from 'semver';
import { complaintAboutNode } from '../../bin/nodeVersion.js';
import { INTO_ONE_FILE } from '../../dev/setup/intoOneFile.js';
import { root } from '../../dev/setup/paths.js';
import { Dockerfile } from '../docker/dockerfile.js';
import { Checkout } from './checkout.js';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Lock {
  packages: Record<string, { version?: string; engines?: { node?: string } }>;
}

const { packages } = JSON.parse(read('package-lock.json')) as Lock;
const ENGINES = packages['']?.engines?.node ?? '';

/** Those that `npm run test:nodes` and CI run on. */
const tested = Object.values(
  (JSON.parse(read('dev/nodeReleases/package-lock.json')) as Lock).packages,
)
  .flatMap(({ version }) => version ?? [])
  .map((version) => semver.parse(version, {}, true));

describe('the version of Node.js', () => {
  const versions = [
    ...['18.20.4', '20.9.0', '20.18.3', '20.19.0', '20.20.2', '21.7.3', '22.0.0', '22.12.0'],
    ...['22.13.0', '22.23.5', '23.11.1', '24.0.0', '24.21.0', '25.1.0', '26.12.1', '100.0.0'],
  ];

  it.each(versions)('%s is taken or refused as npm does', (version) => {
    const taken = complaintAboutNode(version) === undefined;
    expect(taken).toBe(semver.satisfies(version, ENGINES));
  });

  it('is refused with what to install', () => {
    expect(complaintAboutNode('18.20.4')).toBe(
      'Sluice needs Node.js 20 from 20.19 on, 22 from 22.13 on or 24 and later, and this is 18.20.4. ' +
        'Install 24 (with nvm: `nvm install 24`), then run the command again.',
    );
  });

  it('is looked at before anything else of the command, and of the set-up', async () => {
    const checkout = await Checkout.make();
    const later = '^9998.0.0 || >=9999.0.0';
    await checkout.write('package.json', read('package.json').replace(ENGINES, later));
    const said =
      /^Sluice needs Node\.js 9998 from 9998\.0 on or 9999 and later, and this is [\d.]+\./;
    for (const program of ['bin/sluice', 'dev/setup/main.js']) {
      const { exitCode, stderr } = await checkout.node([program]).ended;
      expect([program, exitCode, stderr]).toEqual([program, 1, expect.stringMatching(said)]);
    }
    await checkout.remove();
  });
});

describe('the releases of Node.js that are tested', () => {
  const oldest = ENGINES.split(' || ').map((range) => semver.minVersion(range)?.version ?? '');
  const versions = tested.map(({ version }) => version);

  it('are the oldest of the lines that have ended, or will next', () => {
    expect(versions).toEqual(expect.arrayContaining(oldest.slice(0, -1)));
  });

  it('are one of each line that is taken', () => {
    const majors = tested.map(({ major }) => major);
    expect(majors).toEqual(expect.arrayContaining(oldest.map((version) => semver.major(version))));
    expect(versions.filter((version) => !semver.satisfies(version, ENGINES))).toEqual([]);
  });

  it('have the one of the images, which developers and CI use', () => {
    const [image = ''] = new Dockerfile('Dockerfile').images;
    const [, version = ''] = /^node:([\d.]+)-/.exec(image) ?? [];
    expect(versions).toContain(version);
    expect(read('.nvmrc').trim()).toBe(String(semver.major(version)));
    expect(read('.ci/run')).toContain(
      `node-releases/node_modules/node-${semver.major(version)}/bin`,
    );
    expect(complaintAboutNode('1.0.0')).toContain(`Install ${semver.major(version)} `);
  });

  it('are what the pages say', () => {
    const [first, second] = oldest.map((version) => version.replace(/\.0$/, ''));
    const newest = read('.nvmrc').trim();
    const others = `20 from ${first} on and 22 from ${second} on do, too`;
    const said = `Node.js ${newest} or later (${others})`;
    for (const page of ['README.md', 'docs/ci.md', 'docs/installing.md']) {
      expect([page, read(page)]).toEqual([page, expect.stringContaining(said)]);
    }
  });

  it('know what the code uses, which is compiled and checked for the oldest', () => {
    const [oldestOfAll = ''] = oldest;
    expect(`node${oldestOfAll}`).toContain(INTO_ONE_FILE.target);
    const types = packages['node_modules/@types/node']?.version ?? '';
    expect(semver.major(types)).toBe(semver.major(oldestOfAll));
  });
});

describe('the packages that are locked', () => {
  it('refuse no release of Node.js that is taken', () => {
    const refusing = Object.entries(packages).filter(([, { engines }]) => {
      const range = engines?.node;
      return range !== undefined && !semver.subset(ENGINES, range);
    });
    expect(refusing.map(([path, { engines }]) => [path, engines?.node])).toEqual([]);
  });
});
