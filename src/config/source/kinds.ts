import type { ProblemKind } from '../problemKind.js';

/** What can be wrong with a text before anyone asks what it means. */
export const TEXT_KINDS: readonly ProblemKind[] = [
  {
    code: 'file-too-large',
    reason: 'A deployment file has at most 1 MiB.',
    wrong: '# a file of two megabytes …',
    right: 'version: v1',
    whole: true,
    abridged: true,
  },
  {
    code: 'more-problems',
    reason: 'Of more than 10000 problems, those that come last in the file are only counted.',
    wrong: '# ten thousand lines with mistakes …',
    right: 'version: v1',
    whole: true,
    abridged: true,
  },
  {
    code: 'not-text',
    reason:
      'A deployment file is text in UTF-8. Editors can save in it; a file in another encoding, or with control characters, may be something else altogether.',
    wrong: 'version: v1\nkind: lamb\u0007da',
    right: 'version: v1\nkind: lambda',
    whole: true,
  },
  {
    code: 'no-deployment',
    reason:
      'A file without any key of a deployment is mostly another file that was named by mistake. It may hold secrets, so nothing of it is quoted.',
    wrong: 'apiVersion: v1\nkind: Secret\ndata: {password: aHVudGVyMg==}',
    right: 'version: v1\nkind: lambda',
    whole: true,
  },
  {
    code: 'empty-file',
    reason: 'There is no deployment in a file that is empty or has nothing but comments.',
    wrong: '# a deployment',
    right: 'version: v1\nkind: lambda',
    whole: true,
  },
  {
    code: 'several-documents',
    reason:
      'A line --- begins another YAML document, and a deployment file has one. Nobody could tell which of two is to be deployed.',
    wrong: 'version: v1\n---\nversion: v1',
    right: 'version: v1',
    whole: true,
  },
  {
    code: 'tab-indentation',
    reason: 'YAML is indented with spaces; tabs look different in every editor.',
    wrong: 'targets:\n\tproduction: {}',
    right: 'targets:\n  production: {}',
    whole: true,
  },
  {
    code: 'yaml-syntax',
    reason:
      'The text is not YAML. Mostly the indentation is uneven, a quote or bracket is not closed, or text that contains ": " does not stand in quotes.',
    wrong: 'application: shop: everything',
    right: 'application: "shop: everything"',
    whole: true,
  },
  {
    code: 'duplicate-key',
    reason: 'One of the two would be lost, and YAML does not say which.',
    wrong: 'kind: lambda\nkind: lambda',
    right: 'kind: lambda',
    whole: true,
  },
  {
    code: 'key-not-text',
    reason:
      'A key is a name. Text that begins with a brace or a bracket is a mapping or a list to YAML.',
    wrong: 'kind: lambda\ncontext:\n  {{team}}: checkout',
    right: 'kind: lambda\ncontext:\n  team: checkout',
    whole: true,
  },
  {
    code: 'reserved-key',
    reason: 'The key means something else in JavaScript, and could not be kept as plain data.',
    wrong: 'kind: lambda\ncontext: {__proto__: x}',
    right: 'kind: lambda\ncontext: {proto: x}',
    whole: true,
  },
  {
    code: 'bad-merge',
    reason: 'The key << takes over what another mapping says: an alias such as *defaults.',
    wrong: 'x-defaults: &defaults {region: us-east-1}\ntargets:\n  production:\n    <<: defaults',
    right: 'x-defaults: &defaults {region: us-east-1}\ntargets:\n  production:\n    <<: *defaults',
    whole: true,
  },
  {
    code: 'unknown-anchor',
    reason:
      'An alias such as *defaults stands for a value that has the anchor &defaults further up in the file.',
    wrong: 'targets:\n  production: *defaults',
    right: 'x-defaults: &defaults {region: us-east-1}\ntargets:\n  production: *defaults',
    whole: true,
  },
  {
    code: 'nested-too-deeply',
    reason:
      'The language has nine levels. More than 64 are a slip, or an alias inside the value of its own anchor.',
    wrong: 'targets: &all\n  production: *all',
    right: 'targets: &all\n  production: {}',
    whole: true,
  },
  {
    code: 'too-many-aliases',
    reason:
      'Aliases of aliases grow without end when they are written out, and more than 150000 values fit into no plan.',
    wrong: 'x-a: &a [x, x, …]\nx-b: &b [*a, *a, …]\nx-c: &c [*b, *b, …]',
    right: 'x-a: &a [x, x]',
    whole: true,
    abridged: true,
  },
  {
    code: 'ambiguous-text',
    severity: 'warning',
    reason:
      'Text is meant here, and the value looks like a number, a boolean or a time. Sluice takes it as it is written; other programs that read the file may take it as something else: on as true, 1.10 as 1.1, 012 as 12 or as 10.',
    wrong: 'kind: lambda\ncontext: {release: 1.10}',
    right: 'kind: lambda\ncontext: {release: "1.10"}',
    whole: true,
  },
];
