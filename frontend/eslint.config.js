import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import checkFile from 'eslint-plugin-check-file';
import importX from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// Imports point one way, lib and components -> features -> app, and no feature knows another.
const features = ['alerts', 'live', 'member-app', 'members', 'notices', 'session', 'settings'];
const zones = [
    { target: './src/lib', from: ['./src/components', './src/features', './src/app'] },
    { target: './src/components', from: ['./src/features', './src/app'] },
    { target: './src/features', from: './src/app' },
    ...features.map((name) => ({
        target: `./src/features/${name}`,
        from: './src/features',
        except: [`./${name}`],
    })),
];

export default tseslint.config(
    { ignores: ['dist', 'node_modules', 'obj'] },
    {
        files: ['src/**/*.{ts,tsx}', 'vite.config.ts', '*-plugin.ts'],
        extends: [...tseslint.configs.strictTypeChecked, reactHooks.configs.flat.recommended],
        languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
        plugins: { 'import-x': importX, 'check-file': checkFile },
        settings: {
            'import-x/resolver-next': [createTypeScriptImportResolver()],
            // Without these the files that are imported are not read, and no circle is ever seen.
            'import-x/extensions': ['.ts', '.tsx'],
            'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
        },
        rules: {
            'import-x/no-restricted-paths': ['error', { zones, basePath: import.meta.dirname }],
            'import-x/no-cycle': 'error',
            'import-x/no-default-export': 'error',
            'check-file/filename-naming-convention': [
                'error',
                { 'src/**/*.{ts,tsx}': 'KEBAB_CASE' },
                { ignoreMiddleExtensions: true },
            ],
            'check-file/folder-naming-convention': ['error', { 'src/**/': 'KEBAB_CASE' }],
            'max-lines': ['error', 300],
            'max-lines-per-function': ['error', { max: 70, skipComments: true }],
            'no-console': 'error',
            '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
        },
    },
    {
        files: ['src/**/*.test.{ts,tsx}'],
        rules: { 'max-lines-per-function': 'off' },
    },
    { files: ['vite.config.ts', 'src/lib/words.d.ts'], rules: { 'import-x/no-default-export': 'off' } },
);
