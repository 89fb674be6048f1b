import js from '@eslint/js'
import globals from 'globals'

export default [
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      complexity: ['error', 8],
      curly: ['error', 'multi-line'],
      eqeqeq: 'error',
      'max-lines-per-function': ['error', 60],
      'no-console': 'error',
      'no-implicit-globals': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'prefer-template': 'error',
    },
  },
  { files: ['js/**'], languageOptions: { globals: globals.browser } },
  { files: ['*.mjs', '*.js'], languageOptions: { globals: globals.node } },
]
