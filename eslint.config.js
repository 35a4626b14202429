import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { importDirections } from './dev/lint/importDirections.js';

export default defineConfig(
  globalIgnores(['dist/', '.local/', 'test/replay/histories/']),
  eslint.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { sluice: { rules: { 'import-directions': importDirections } } },
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
      'no-restricted-syntax': [
        'error',
        {
          selector: "Literal[value='***']",
          message: 'Secrets are taken out by src/domain/redaction.ts, which knows their forms.',
        },
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
