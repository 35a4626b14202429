import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { importDirections } from './dev/lint/importDirections.js';
import { linearRegExp } from './dev/lint/linearRegExp.js';

export default defineConfig(
  globalIgnores(['dist/', '.local/', 'test/replay/histories/']),
  eslint.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: { parserOptions: { projectService: true } },
    plugins: {
      sluice: { rules: { 'import-directions': importDirections, 'linear-regexp': linearRegExp } },
    },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-undef': 'off', // The compiler knows better what there is.
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-deprecated': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'sluice/import-directions': 'error',
    },
  },
  {
    // What is in src/ meets text from outside, and must not take longer than the text is.
    files: ['src/**'],
    rules: { 'sluice/linear-regexp': 'error' },
  },
  {
    files: ['src/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: ['node:dns', 'node:dns/promises'].map((name) => ({
            name,
            importNames: ['lookup'],
            message:
              'It holds one of the four threads of the process for as long as a name server is ' +
              'silent: see src/activities/webhooks/resolve.ts.',
          })),
        },
      ],
      // What people read is made of texts from outside in a few places.
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "CallExpression[callee.name=/^(?:sleep|condition)$/] Property[key.name='summary']:not([value.type='CallExpression']), " +
            "Property[key.name=/^static(?:Summary|Details)$/]:not([value.type='CallExpression'])",
          message: 'The Temporal UI reads Markdown: summaryText and detailsText make it.',
        },
        {
          selector: "Literal[value='***']",
          message: 'Secrets are taken out by src/domain/redaction.ts, which knows their forms.',
        },
        {
          selector: "CallExpression[callee.property.name='normalize']",
          message:
            'It takes the square of the accents that stand on one letter: normalName of ' +
            'src/domain/naming.ts leaves long texts alone.',
        },
      ],
    },
  },
  {
    files: ['src/**'],
    ignores: [
      'src/cli/console.ts',
      'src/action/main.ts',
      'src/process/log.ts',
      'src/worker/logger.ts',
    ],
    rules: {
      'no-restricted-properties': [
        'error',
        ...['stdout', 'stderr'].map((property) => ({
          object: 'process',
          property,
          message: 'A terminal obeys what it is given: write TerminalText to the console.',
        })),
      ],
    },
  },
  {
    // The linter does not see the types that comments give to expressions.
    files: ['**/*.js', '**/*.mjs'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
  {
    // What runs as it stands and is in no tsconfig.
    files: ['bin/sluice', 'examples/**'],
    extends: [tseslint.configs.disableTypeChecked],
  },
);
