import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { defineKind } from '../kind.ts';
import { listOf } from '../tools/setting-shapes.ts';
import { workspacePath } from '../tools/workspace-path.ts';
import { CLANG_FORMAT } from './adapters/clang-format.ts';
import { ESLINT } from './adapters/eslint.ts';
import { BLACK, PRETTIER, RUFF } from './adapters/formatters.ts';
import { BIOME, OXLINT } from './adapters/script-linters.ts';
import type { StyleTool } from './adapters/style-tool.ts';
import { STYLELINT } from './adapters/stylelint.ts';
import { chooseTools } from './findings/choose-tools.ts';
import { conclude, FINDINGS_OUTPUTS } from './findings/conclude.ts';
import type { FilesToCheck } from './findings/file-tool.ts';
import { commandSettings, runCommand } from './findings/run-command.ts';
import { runFileTools } from './findings/run-file-tools.ts';
import { selectFiles } from './findings/select-files.ts';
import { argsSetting, fileSettings, toolSetting, verdictSettings } from './findings/settings.ts';
import { mend } from './style-fix.ts';

export const STYLE_TOOLS: readonly StyleTool[] = [
  ESLINT,
  BIOME,
  OXLINT,
  PRETTIER,
  STYLELINT,
  CLANG_FORMAT,
  RUFF,
  BLACK,
];

const NAMES = [
  'eslint',
  'biome',
  'oxlint',
  'prettier',
  'stylelint',
  'clang-format',
  'ruff',
  'black',
] as const;

/** Linters and formatters of the project. */
export const testStyle = defineKind({
  id: 'test.style',
  title: 'Code style',
  summary: 'Checks that code is written and formatted as the project’s configuration says',
  docs: [
    'Runs the linters and formatters that the project has a configuration of: `eslint`, `biome`, `oxlint`, `prettier`,',
    '`stylelint`, `clang-format`, `ruff` and `black`. A tool that is configured and not installed is named as a warning. With a',
    '`command` that one looks instead, and its SARIF is judged.',
    '',
    'It leaves one report of findings: what a linter calls an error is of medium severity, a warning of low, and a file that',
    'is not formatted of medium. With `fix: true` the tools mend in the workspace what they can, what they changed is kept as',
    'an artifact, a patch for `git apply`, and the stage does not fail for what is left.',
  ].join('\n'),
  settings: z.strictObject({
    tool: toolSetting(NAMES, 'all that the project has a configuration of'),
    fix: z
      .boolean()
      .default(false)
      .describe(
        'Mends what the tools can mend, and keeps what they changed as a patch; what is left is only shown',
      )
      .meta({ title: 'Mends' }),
    patch: z
      .string()
      .min(1)
      .default('style-fixes.patch')
      .describe('The file for the patch, relative to the working directory; with `fix` alone')
      .meta({ title: 'Patch file' }),
    ...fileSettings,
    ...commandSettings,
    ...verdictSettings('medium'),
    args: argsSetting,
  }),
  example: { tool: ['eslint', 'prettier'], paths: 'src' },
  reports: ['findings'],
  outputs: {
    ...FINDINGS_OUTPUTS,
    patch: 'With `fix`: the file with what was mended; empty when nothing was',
  },
  tools: STYLE_TOOLS.map(({ adapter }) => adapter.tool),
  worksOnFiles: true,
  preview: ({ command }) => command ?? '',
  async run(settings, context, { now }) {
    const { tool, fix, paths, exclude, args } = settings;
    const byCommand = await runCommand(context, settings, { tool, fix, paths, exclude, args }, now);
    if (byCommand !== null) return conclude(context, settings, { ...byCommand, outputs: { patch: '' } });
    const patchFile = await workspacePath(context, settings.patch, 'patch');
    const files = await selectFiles(context, {
      paths: listOf(settings.paths),
      exclude: [...listOf(settings.exclude), patchFile.relative],
    });
    const own: FilesToCheck = { files, args: settings.args };
    const named = listOf(settings.tool);
    const purpose = 'check the style';
    let patch = '';
    if (settings.fix) {
      const { chosen } = await chooseTools(context, STYLE_TOOLS, own, named, purpose);
      patch = await mend(context, chosen, settings.args);
      if (patch !== '') await writeFile(patchFile.here, patch);
    }
    const allowEmpty = settings['allow-empty'];
    const { findings, notes } = await runFileTools(context, STYLE_TOOLS, own, { named, purpose, allowEmpty });
    const judged = settings.fix ? { ...settings, 'fail-on': 'never' as const } : settings;
    return conclude(context, judged, {
      findings,
      notes,
      outputs: { patch: patch === '' ? '' : patchFile.fromWorkspace },
      artifacts:
        patch === ''
          ? []
          : [{ name: 'style-fixes', paths: [globLiteral(patchFile.fromWorkspace)], ifNoFilesFound: 'error' }],
    });
  },
});

/** A path as a glob that matches nothing else. */
const globLiteral = (file: string): string => file.replaceAll(/[\\[\]{}()*?!+@|]/g, '\\$&');
