import { asOperand } from '../findings/batches.ts';
import type { FileTool } from '../findings/file-tool.ts';
import { hasFile } from './project-file.ts';
import { rulesFor, type StaticFiles } from './rule-files.ts';

/** Semgrep, with rules of the project's own: its registry is not asked, so nothing leaves the machine. */
const SEMGREP: FileTool<StaticFiles> = {
  takes: () => true,
  adapter: {
    tool: { name: 'semgrep', bins: ['semgrep'], install: 'pipx install semgrep', minVersion: '1.0' },
    fits: async (context, settings) =>
      settings.rules.length > 0
        ? rulesFor('semgrep', settings).length > 0
        : hasFile(context, '.semgrep.yml', '.semgrep.yaml'),
    argv: (settings) => [
      'scan',
      '--sarif',
      '--quiet',
      '--metrics=off',
      '--disable-version-check',
      ...configs(settings),
      ...settings.args,
      ...settings.files.map(asOperand),
    ],
    exit: { 0: 'clean', 1: 'findings' },
    reports: [{ from: 'stdout', format: 'sarif' }],
  },
};

function configs(settings: StaticFiles): string[] {
  const own = rulesFor('semgrep', settings);
  const files = own.length === 0 ? ['.semgrep.yml'] : own.map(({ file }) => asOperand(file));
  return files.flatMap((file) => ['--config', file]);
}

/** ast-grep: rules of the project's own; it knows by itself which files a rule is for. */
const AST_GREP: FileTool<StaticFiles> = {
  takes: () => true,
  adapter: {
    tool: {
      name: 'ast-grep',
      bins: ['ast-grep'],
      install: 'npm install --save-dev @ast-grep/cli',
      isNodePackage: true,
    },
    fits: async (context, settings) =>
      settings.rules.length > 0
        ? rulesFor('ast-grep', settings).length > 0
        : hasFile(context, 'sgconfig.yml', 'sgconfig.yaml'),
    argv: (settings) => {
      const own = rulesFor('ast-grep', settings).map(({ text }) => text);
      const rules = own.length === 0 ? [] : [`--inline-rules=${own.join('\n---\n')}`];
      return ['scan', '--format=sarif', ...rules, ...settings.args, ...settings.files.map(asOperand)];
    },
    exit: { 0: 'clean', 1: 'findings' },
    reports: [{ from: 'stdout', format: 'sarif' }],
  },
};

export const RULE_TOOLS = [SEMGREP, AST_GREP] as const;
