import { z } from 'zod';
import { defineKind } from '../kind.ts';
import { listOf } from '../tools/setting-shapes.ts';
import { BANDIT } from './adapters/bandit.ts';
import { CPPCHECK } from './adapters/cppcheck.ts';
import { FLAWFINDER } from './adapters/flawfinder.ts';
import { HADOLINT } from './adapters/hadolint.ts';
import { readRules, type StaticFiles } from './adapters/rule-files.ts';
import { RULE_TOOLS } from './adapters/rule-tools.ts';
import { SHELLCHECK } from './adapters/shellcheck.ts';
import { conclude, FINDINGS_OUTPUTS } from './findings/conclude.ts';
import type { FileTool } from './findings/file-tool.ts';
import { commandSettings, runCommand } from './findings/run-command.ts';
import { runFileTools } from './findings/run-file-tools.ts';
import { selectFiles } from './findings/select-files.ts';
import { argsSetting, fileSettings, toolSetting, verdictSettings } from './findings/settings.ts';

export const STATIC_TOOLS: readonly FileTool<StaticFiles>[] = [
  ...RULE_TOOLS,
  CPPCHECK,
  FLAWFINDER,
  BANDIT,
  SHELLCHECK,
  HADOLINT,
];

const NAMES = ['semgrep', 'ast-grep', 'cppcheck', 'flawfinder', 'bandit', 'shellcheck', 'hadolint'] as const;

/** Static analysis: looks for bugs and weak spots in source code without running it. */
export const testStatic = defineKind({
  id: 'test.static',
  title: 'Static analysis',
  summary: 'Looks for bugs and weak spots in the source code without running it',
  docs: [
    'Runs the analysers that fit the languages of the project and are installed: `semgrep` and `ast-grep` with rules of the',
    'project’s own, `cppcheck` and `flawfinder` for C and C++, `bandit` for Python, `shellcheck` for shell scripts and',
    '`hadolint` for Dockerfiles. A language whose analyser is missing is named as a warning; when none of them is there the',
    'stage says which to install. With a `command` that one looks instead, and its SARIF is judged.',
    '',
    'It leaves one report of findings. It fails on those of `fail-on` or worse, and with `baseline: new-only` on new ones',
    'alone. What counts is the report, not the exit code: an analyser that crashes, or that looked at no file, could not',
    'judge, and that is no success.',
  ].join('\n'),
  settings: z.strictObject({
    tool: toolSetting(NAMES, 'all that fit the project and are there'),
    rules: fileSettings.paths
      .describe('Globs of rule files of ast-grep or semgrep; without it their configuration in the project')
      .meta({ title: 'Rules', 'x-control': 'globs', examples: ['rules/*.yml'] }),
    ...fileSettings,
    ...commandSettings,
    ...verdictSettings('medium'),
    args: argsSetting,
  }),
  example: { rules: 'rules/*.yml', paths: 'src', 'fail-on': 'high' },
  reports: ['findings'],
  outputs: FINDINGS_OUTPUTS,
  tools: STATIC_TOOLS.map(({ adapter }) => adapter.tool),
  worksOnFiles: true,
  preview: ({ command }) => command ?? '',
  async run(settings, context, { now }) {
    const { tool, rules: ruleFiles, paths, exclude, args } = settings;
    const others = { tool, rules: ruleFiles, paths, exclude, args };
    const byCommand = await runCommand(context, settings, others, now);
    if (byCommand !== null) return conclude(context, settings, byCommand);
    const rules = await readRules(context, listOf(settings.rules));
    const files = await selectFiles(context, {
      paths: listOf(settings.paths),
      exclude: listOf(settings.exclude),
    });
    const run = await runFileTools(
      context,
      STATIC_TOOLS,
      { files, args: settings.args, rules },
      {
        named: listOf(settings.tool),
        purpose: 'analyse the code',
        allowEmpty: settings['allow-empty'],
      },
    );
    return conclude(context, settings, { findings: run.findings, notes: run.notes });
  },
});
