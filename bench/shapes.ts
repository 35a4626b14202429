/** Texts of deployment files that are as hard to read as a file of their length can be. */
export const shapes: Record<string, (count: number) => string> = {
  'secrets in one line': (n) =>
    `application: a\ncontext: {${times(n / 30, (i) => `a${i}_token: "x${i}9abcdefgh"`).join(', ')}}`,
  'addresses with passwords': (n) => `application: a\ncontext: {a: "${'a+b://u:'.repeat(n / 8)}"}`,
  'variables of an address': (n) => webhook(`${'{{context.a}}'.repeat(n / 13)} `),
  braces: (n) => webhook('{'.repeat(n)),
  'unclosed variables': (n) => webhook('{{a '.repeat(n / 4)),
  'blanks in names': (n) => `application: "${' '.repeat(n)}x"\n`,
  'accents on one letter': (n) => `application: "a${'\\u0301\\u0316'.repeat(n / 12)}"\n`,
  'unknown keys': (n) => `application: a\n${times(n / 10, (i) => `k${i}: 1\n`).join('')}`,
  'empty mappings': (n) => `application: a\nartifacts: [${'{},'.repeat(n / 3)}]`,
  'empty mappings below each other': (n) =>
    `application: a\nartifacts:\n${'  - {}\n'.repeat(n / 7)}`,
  'blank names in lists of lists': (n) =>
    `application: a\nproviderOptions: {lambda: [{layers: [${'"",'.repeat(n / 3)}]}]}\n`,
  'unclosed quotes': (n) =>
    `application: a\nx-a:\n${times(n / 12, (i) => `  a${i}: "b\n`).join('')}`,
  'quotes in one line': (n) => `application: a\nx-a: ${'"a" '.repeat(n / 4)}\n`,
  'colons in one line': (n) => `application: a\nx-a: ${'a: '.repeat(n / 3)}\n`,
  'brackets that are closed': (n) => `application: a\nx-a: [${'[],'.repeat(n / 3)}]\n`,
  comments: (n) => `application: a\n${'# a\n'.repeat(n / 4)}`,
  'blank lines': (n) => `application: a\n${'\n'.repeat(n)}kind: lambda\n`,
  'a folded text': (n) => `application: a\ndescription: >\n${'  a\n'.repeat(n / 4)}`,
  'a text of many lines': (n) => `application: a\ndescription: a\n${'  a\n'.repeat(n / 4)}`,
  'anchors and aliases': (n) =>
    `application: a\nx-a:\n${times(n / 24, (i) => `  - &a${i} a\n  - *a${i}\n`).join('')}`,
  'aliases of a long text': (n) =>
    `application: a\nx-a: &a "${'x'.repeat(n / 2)}"\ncontext: {${times(n / 24, (i) => `k${i}: *a`).join(', ')}}`,
  merges: (n) =>
    `application: a\nx-a: &a {a: 1}\nx-b:\n${times(n / 12, () => `  - {<<: *a}\n`).join('')}`,
  'targets without anything': (n) =>
    `application: a\ntargets:\n${times(n / 14, (i) => `  t${i}: {}\n`).join('')}`,
  'targets that wait for all': (n) => {
    const count = Math.floor(Math.sqrt(n / 6));
    const names = times(count, (i) => `t${i}`);
    return `application: a\ntargets:\n${names.map((name) => `  ${name}: {constraints: {dependsOn: [${names.join(', ')}]}}\n`).join('')}`;
  },
  'a key without end': (n) =>
    `application: a\n? ${'k'.repeat(n / 2)}\n: {${times(n / 20, (i) => `k${i}: 1`).join(', ')}}`,
  'a key without end below targets': (n) =>
    `application: a\ntargets:\n  ? ${'k'.repeat(n / 2)}\n  : {${times(n / 20, (i) => `k${i}: 1`).join(', ')}}`,
  'misspelt names': (n) =>
    `application: a\ntargets: {a: {strategy: b}}\nproviderOptions: {lambda: [${times(n / 40, (i) => `{target: t${i}}`).join(', ')}]}`,
  steps: (n) =>
    `application: a\nstrategies: {s: {canary: {steps: [${times(n / 20, () => '{setWeight: 10}').join(', ')}]}}}`,
  'many steps of a kind that is none': (n) =>
    `application: a\nstrategies: {s: {canary: {steps: [${times(n / 12, () => '{wait: 1}').join(', ')}]}}}`,
  tabs: (n) => `application: a\nx-a:\n${'\t- a\n'.repeat(n / 5)}`,
  'nothing but colons': (n) => `application: a\n${':'.repeat(n)}`,
  'nothing but quotes': (n) => `application: a\nx-a: '${"''".repeat(n / 2)}'`,
  escapes: (n) => `application: a\nx-a: "${'\\x41'.repeat(n / 4)}"`,
  hyphens: (n) => `application: a\nx-a:\n${'- '.repeat(60)}${'-'.repeat(n)}`,
  'a body of quotes': (n) => webhook('https://a', `'${'"a": '.repeat(n / 5)}'`),
  questions: (n) => webhook(`https://a/?${'a=b&'.repeat(n / 4)}`),
};

function webhook(uri: string, body = "'x'"): string {
  return `application: a\nwebhooks:\n  - {name: w, method: POST, uriTemplate: "${uri}", bodyTemplate: {inline: ${body}}}\n`;
}

function times(count: number, one: (index: number) => string): string[] {
  return Array.from({ length: Math.floor(count) }, (_, index) => one(index));
}
