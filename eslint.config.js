import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      'test/out/**',
      'storybook-static/**',
      'packages/policy/data/**',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['vite.config.ts'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      // node:test runs what describe and it return by itself.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['describe', 'it', 'test', 'suite'] },
          ],
        },
      ],
      'no-unused-private-class-members': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['**/*.test.ts', '**/*.testing.ts'],
    rules: {
      // chai's assertions are property reads.
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['packages/{store,widgets,kit}/**/*.test.ts', 'stories/*.test.ts'],
    rules: {
      // chai's types make a promise of every assertion.
      '@typescript-eslint/no-floating-promises': 'off',
    },
  },
  {
    files: ['packages/{model,policy,engine,store,widgets,kit}/src/**/*.ts'],
    ignores: ['**/*.test.ts', '**/*.testing.ts', '**/fixtures/**'],
    rules: {
      // What Chrome 90 has not: its syntax is lowered by the build, its library isn't.
      'no-restricted-syntax': [
        'error',
        {
          selector: `CallExpression[callee.property.name=/^(at|hasOwn|findLast|findLastIndex|toSorted|toReversed|toSpliced|groupBy)$/]`,
          message: 'Chrome 90 has no such method',
        },
        {
          selector: `CallExpression[callee.name='structuredClone']`,
          message: 'Chrome 90 has no structuredClone',
        },
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '*.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        fetch: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        Buffer: 'readonly',
        AbortController: 'readonly',
        AbortSignal: 'readonly',
        module: 'writable',
      },
    },
  },
  {
    files: ['packages/demo/site/*.js'],
    languageOptions: {
      globals: {
        window: 'readonly',
        navigator: 'readonly',
        document: 'readonly',
        location: 'readonly',
        caches: 'readonly',
        self: 'readonly',
        fetch: 'readonly',
        URL: 'readonly',
      },
    },
  },
);
