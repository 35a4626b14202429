import type { ProblemKind } from '../problemKind.js';

/** What can be wrong with the files that a deployment file includes. */
export const INCLUDE_KINDS: readonly ProblemKind[] = [
  {
    code: 'include-path',
    reason:
      'What a deployment does is to be seen in its repository. So an included file is named by its path from the file that includes it, with slashes, and not by an address.',
    wrong: 'include: https://files.example.com/webhooks.yaml',
    right: 'include: ../shared/webhooks.yaml',
  },
  {
    code: 'include-outside',
    reason:
      'What a deployment does is to be seen in its repository. An included file is in the nearest folder above the deployment file that has .git, links followed; without one, in the folder of the file.',
    wrong: 'include: ../../../webhooks.yaml\n…',
    right: 'include: ../shared/webhooks.yaml\n…',
    abridged: true,
  },
  {
    code: 'include-unreadable',
    reason: 'Without it, nobody could say what is to be deployed.',
    wrong: 'include: ../shared/webhoks.yaml\n…',
    right: 'include: ../shared/webhooks.yaml\n…',
    abridged: true,
  },
  {
    code: 'include-cycle',
    reason:
      'Of two files that include each other, nobody could say which one goes before the other.',
    wrong:
      '# strategies.yaml\ninclude: webhooks.yaml\n…\n# webhooks.yaml\ninclude: strategies.yaml\n…',
    right: '# strategies.yaml\ninclude: webhooks.yaml\n…\n# webhooks.yaml\nwebhooks: […]',
    abridged: true,
  },
  {
    code: 'too-many-includes',
    reason: 'Nobody finds what is said where in more than 50 files.',
    wrong: 'include: [a.yaml, b.yaml, …]',
    right: 'include: all.yaml\n…',
    abridged: true,
  },
];
