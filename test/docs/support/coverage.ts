import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { root } from '../../../dev/setup/paths.js';
import { type Block, markdownBlocks } from './blocks.js';
import * as checks from './checks.js';

/** How it is known that a block is right. */
export type Cover =
  /** Run to its end, or until it serves, by test/e2e/docs.e2e.ts. */
  | { run: 'toItsEnd' | 'untilItServes' }
  /** Run by another test, whose file says these words. */
  | { ranBy: string; words: string }
  /** Looked at in place of running it. */
  | { check: (text: string) => void };

/** A page, what a block of it begins with, and its cover. The first that fits is taken. */
type Entry = [page: string, begins: string, cover: Cover];

const RUN: Cover = { run: 'toItsEnd' };
const SERVES: Cover = { run: 'untilItServes' };
const ANY_LANGUAGE: Cover = {
  ranBy: 'test/examples/anyLanguage.e2e.ts',
  words: 'docs/integrating.md',
};
const COMPILED: Cover = {
  ranBy: 'test/examples/compiledLanguages.e2e.ts',
  words: 'docs/integrating.md',
};

const PLANNING: Cover = { ranBy: 'test/e2e/preflight.e2e.ts', words: 'docs/planning.md' };
const ANSWERS: Cover = { ranBy: 'test/e2e/operating.e2e.ts', words: 'docs/operating.md' };
const ROLES: Cover = { ranBy: 'test/docs/roles.test.ts', words: 'docs/roles.md' };
const COMPLETION: Cover = { ranBy: 'test/cli/completion.test.ts', words: 'docs/operating.md' };
const CALLBACKS: Cover = { ranBy: 'test/docs/callbacks.test.ts', words: 'docs/gateway.md' };

/** A block that fits none of these fails the test. */
const TABLE: readonly Entry[] = [
  ['README.md', 'npm run demo', { ranBy: 'test/dev/demo.e2e.ts', words: 'demo' }],
  ['README.md', 'npm run dev', { ranBy: 'test/dev/dev.e2e.ts', words: 'README.md' }],
  ['README.md', 'SLUICE_SETTINGS=', SERVES],
  ['README.md', './bin/sluice deploy approve', ANSWERS],
  [
    'README.md',
    './bin/sluice deploy rollback',
    { ranBy: 'test/e2e/again.e2e.ts', words: 'README.md' },
  ],
  ['README.md', './bin/sluice', RUN],
  ['README.md', '- uses:', { ranBy: 'test/action/jobs.e2e.ts', words: 'README.md' }],
  ['CONTRIBUTING.md', 'npm test', { check: checks.areScripts }],
  ['docs/deployment-files.md', 'sluice template', RUN],
  ['docs/deployment-files.md', 'version: v1', { check: checks.isDeployment }],
  ['docs/deployment-files.md', 'artifacts:', { check: checks.isPartOfDeployment }],
  ['docs/deployment-files.md', 'targets:', { check: checks.isPartOfDeployment }],
  ['docs/deployment-files.md', 'include:', { check: checks.includesParts }],
  ['docs/deployment-files.md', '- pause:', { check: checks.areSteps }],
  ['docs/deployment-files.md', 'environment:', { check: checks.isEnvironment }],
  ['docs/deployment-files.md', '- run:', { ranBy: 'test/e2e/docs.e2e.ts', words: '- run:' }],
  ['docs/deployment-files.md', '# yaml-language-server', { check: checks.namesTheSchema }],
  ['docs/webhooks.md', 'webhooks:', { check: checks.isPartOfDeployment }],
  ['docs/webhooks.md', '- runWebhook:', { check: checks.areSteps }],
  ['docs/webhooks.md', 'curl', CALLBACKS],
  ['docs/webhooks.md', 'secrets:', { check: checks.areSettings }],
  ['docs/webhooks.md', 'network:', { check: checks.areSettings }],
  ['docs/webhooks.md', 'SLUICE_SETTINGS=', SERVES],
  ['docs/gateway.md', 'SLUICE_SETTINGS=', SERVES],
  ['docs/gateway.md', '# The same for', { check: checks.areSettings }],
  ['docs/gateway.md', 'curl', CALLBACKS],
  ['docs/analysis.md', 'metricProviders:', { check: checks.areSettings }],
  ['docs/analysis.md', 'analysis:', { ranBy: 'test/docs/analysis.test.ts', words: 'analysis:' }],
  [
    'docs/installing.md',
    'sha256sum',
    { ranBy: 'test/e2e/package.e2e.ts', words: "startsWith('sha256sum')" },
  ],
  [
    'docs/installing.md',
    'git clone',
    { ranBy: 'test/dev/release.e2e.ts', words: "startsWith('git clone')" },
  ],
  [
    'docs/installing.md',
    'npm config',
    { ranBy: 'test/e2e/package.e2e.ts', words: "startsWith('npm config')" },
  ],
  ['docs/installing.md', 'docker build', { check: checks.buildsAnImage }],
  ['docs/ci.md', 'docker build', { check: checks.buildsAnImage }],
  ['docs/ci.md', '', { ranBy: 'test/docs/ci.test.ts', words: './ciPage.js' }],
  ['docs/operating.md', 'deploymentConfig:', { check: checks.isPartOfDeployment }],
  ['docs/operating.md', 'temporal workflow cancel', RUN],
  ['docs/operating.md', 'source <(sluice completion', COMPLETION],
  ['docs/operating.md', 'sluice deploy', ANSWERS],
  ['docs/operating.md', 'temporal workflow signal', RUN],
  ['docs/running-workers.md', 'sluice worker', SERVES],
  ['docs/running-workers.md', 'sluice dev', SERVES],
  ['docs/running-workers.md', '# External ids', { check: checks.areSettings }],
  ['docs/running-workers.md', 'promtool', { check: checks.areGoodRules }],
  ['docs/running-workers.md', 'export TEMPORAL_ADDRESS', { check: checks.connects }],
  ['docs/running-workers.md', '[profile.cloud]', { check: checks.areProfiles }],
  ['docs/running-workers.md', 'temporal operator namespace create', RUN],
  ['docs/planning.md', 'sluice', PLANNING],
  ['docs/roles.md', 'accounts:', { check: checks.areSettings }],
  ['docs/roles.md', 'sluice aws', ROLES],
  ['docs/roles.md', 'export EXTERNAL_ID', ROLES],
  ['docs/integrating.md', 'sluice config show', ANY_LANGUAGE],
  ['docs/integrating.md', 'temporal workflow', ANY_LANGUAGE],
  ['docs/integrating.md', 'jq', ANY_LANGUAGE],
  ['docs/integrating.md', 'python start_deployment.py', ANY_LANGUAGE],
  ['docs/integrating.md', 'go build', COMPILED],
  ['docs/integrating.md', 'mvn', COMPILED],
];

/** By language: these need no entry. */
const ALWAYS: Readonly<Record<string, Cover>> = {
  ts: { ranBy: 'test/docs/reference.test.ts', words: "markdownBlocks('ts')" },
  json: { check: (text) => void JSON.parse(text) },
};

export interface CoveredBlock extends Block {
  cover: Cover | undefined;
}

/** Every block that says in which language it is, with its cover. Others show what was printed. */
export function coveredBlocks(): CoveredBlock[] {
  const blocks = markdownBlocks().filter(({ language }) => language !== '');
  return blocks.map((block) => ({
    ...block,
    cover: ALWAYS[block.language] ?? entryOf(block)?.[2],
  }));
}

/** The entries that are about no block. */
export function unusedEntries(): Entry[] {
  const used = new Set(markdownBlocks().map((block) => entryOf(block)));
  return TABLE.filter((entry) => !used.has(entry));
}

function entryOf({ page, text }: Block): Entry | undefined {
  return TABLE.find(([of, begins]) => of === page && text.startsWith(begins));
}

/** Fails unless what the cover says is so. What is run is not run here. */
export function expectCovered({ place, text, cover }: CoveredBlock): void {
  if (cover === undefined) throw new Error(`Nothing runs or checks the block at ${place}.`);
  if ('check' in cover) cover.check(text);
  if ('ranBy' in cover) {
    expect(readFileSync(join(root, cover.ranBy), 'utf8')).toContain(cover.words);
  }
}
