import { asOperand } from '../findings/batches.ts';
import { endsWith, isScript } from '../findings/file-tool.ts';
import { hasFile } from './project-file.ts';
import { asStyle, type StyleTool } from './style-tool.ts';

const isWeb = endsWith('json', 'jsonc', 'css', 'graphql', 'gql', 'html', 'vue', 'svelte', 'astro');

export const BIOME: StyleTool = {
  takes: (file) => isScript(file) || isWeb(file),
  severity: asStyle,
  adapter: {
    tool: {
      name: 'biome',
      bins: ['biome'],
      install: 'npm install --save-dev @biomejs/biome',
      minVersion: '2.4',
      isNodePackage: true,
    },
    fits: (context) => hasFile(context, 'biome.json', 'biome.jsonc', '.biome.json', '.biome.jsonc'),
    argv: ({ files, args }, { scratch }) => [
      'check',
      '--reporter=sarif',
      `--reporter-file=${scratch}/biome.sarif`,
      '--max-diagnostics=none',
      '--no-errors-on-unmatched',
      ...args,
      ...files.map(asOperand),
    ],
    exit: { 0: 'clean', 1: 'findings' },
    reports: [{ from: { file: 'biome.sarif' }, format: 'sarif' }],
  },
  fix: ({ files, args }) => [
    'check',
    '--write',
    '--no-errors-on-unmatched',
    ...args,
    ...files.map(asOperand),
  ],
};

export const OXLINT: StyleTool = {
  takes: (file) => isScript(file) || endsWith('vue', 'svelte', 'astro')(file),
  severity: asStyle,
  adapter: {
    tool: {
      name: 'oxlint',
      bins: ['oxlint'],
      install: 'npm install --save-dev oxlint',
      minVersion: '1.50',
      isNodePackage: true,
    },
    fits: (context) => hasFile(context, '.oxlintrc.json', '.oxlintrc.jsonc', 'oxlint.config.ts'),
    argv: ({ files, args }) => ['--format=sarif', ...args, ...files.map(asOperand)],
    exit: { 0: 'clean', 1: 'findings' },
    reports: [{ from: 'stdout', format: 'sarif' }],
  },
  fix: ({ files, args }) => ['--fix', ...args, ...files.map(asOperand)],
};
