import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from '../../dev/setup/paths.js';
import { EXIT_CODES } from '../../src/cli/exitCodes.js';
import type { RunState } from '../../src/client/report.js';
import { FAILURE_CODES } from '../../src/domain/failures.js';
import { type DeploymentStatus, TARGET_OUTCOMES } from '../../src/domain/outcomes.js';
import { ERROR_CODES } from '../../src/errors.js';

const page = readFileSync(join(root, 'docs/failures.md'), 'utf8');

/** The type sees to it that none is missing. */
const STATES: Readonly<Record<RunState, true>> = {
  running: true,
  succeeded: true,
  rolledBack: true,
  failed: true,
  cancelled: true,
  terminated: true,
  timedOut: true,
};

interface Row {
  word: string;
  meaning: string;
  remedy: string;
}

/** The table below a heading, in its order. */
function tableOf(heading: string): Row[] {
  const [, section = ''] = page.split(`## ${heading}\n`);
  const lines = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => /^\| /.test(line));
  return lines.slice(2).map((line) => {
    const [word = '', meaning = '', remedy = ''] = line.split(/ *\| */).slice(1, -1);
    return { word: word.replaceAll('`', ''), meaning, remedy };
  });
}

const wordsOf = (heading: string) => tableOf(heading).map(({ word }) => word);
const meaningsOf = (heading: string) =>
  Object.fromEntries(tableOf(heading).map(({ word, meaning }) => [word, meaning]));

describe('the page on how things end', () => {
  it('has every failure code as the code means it', () => {
    expect(meaningsOf('Failure codes')).toEqual(FAILURE_CODES);
    expect(wordsOf('Failure codes')).toEqual(Object.keys(FAILURE_CODES));
  });

  it('has every error of the command and the client as the code means it', () => {
    expect(meaningsOf('Errors of the command and the client')).toEqual(ERROR_CODES);
  });

  it('has every status of a target, every state of a deployment and every exit code', () => {
    expect(wordsOf('Targets')).toEqual(TARGET_OUTCOMES);
    expect(wordsOf('Deployments')).toEqual(Object.keys(STATES));
    expect(wordsOf('Exit codes')).toEqual(Object.values(EXIT_CODES).map(({ code }) => `${code}`));
  });

  it('has an exit code for every end of a deployment in the example in Python', () => {
    const example = readFileSync(join(root, 'examples/python/start_deployment.py'), 'utf8');
    const [, codes = ''] = /^EXIT_CODES = \{(.+)\}$/m.exec(example) ?? [];
    const words = [...codes.matchAll(/"(\w+)": \d/g)].map(([, word]) => word);
    const ends: Readonly<Record<DeploymentStatus, true>> = {
      succeeded: true,
      rolledBack: true,
      failed: true,
      cancelled: true,
    };
    expect(words.toSorted()).toEqual(Object.keys(ends).toSorted());
  });

  it.each(['Targets', 'Deployments', 'Failure codes', 'Exit codes'])(
    'says of each what to do: %s',
    (heading) => {
      expect(tableOf(heading).length).toBeGreaterThan(5);
      for (const { word, meaning, remedy } of tableOf(heading)) {
        expect([word, meaning, remedy]).toEqual([
          word,
          expect.stringMatching(/\.$/),
          expect.stringMatching(/\.$/),
        ]);
      }
    },
  );
});
