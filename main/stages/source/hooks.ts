import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { listOf, wordSetting } from '../tools/setting-shapes.ts';
import { failed, nothingChecked } from '../tools/verdict.ts';
import { checkRef } from './check-url.ts';
import { hookReport } from './hooks/hook-results.ts';
import { findHookTool, HOOK_TOOLS, runHooks } from './hooks/run-hooks.ts';
import { GIT, LEFTHOOK, PRE_COMMIT } from './tools.ts';

const settingsSchema = z.strictObject({
  tool: z
    .enum(['auto', ...HOOK_TOOLS])
    .default('auto')
    .describe('What runs the hooks; `auto` goes by the files in the folder')
    .meta({ title: 'Tool' }),
  hook: z
    .enum(['pre-commit', 'pre-push', 'pre-merge-commit', 'post-checkout', 'manual'])
    .default('pre-commit')
    .describe('Which hook; `manual` is of pre-commit alone')
    .meta({ title: 'Hook' }),
  since: z
    .string()
    .min(1)
    .optional()
    .describe(
      'A branch, tag or commit: only files that changed since are looked at, where the tool can; else all',
    )
    .meta({ title: 'Since', examples: ['origin/main'] }),
  skip: z
    .union([wordSetting, z.array(wordSetting)])
    .optional()
    .describe('Ids of hooks to leave out')
    .meta({ title: 'Leaves out' }),
  'hooks-path': z
    .string()
    .min(1)
    .optional()
    .describe(
      "The folder with Git's own hooks; unless set, `.githooks`, `.husky`, or what Git is configured to",
    )
    .meta({ title: 'Folder of hooks', examples: ['.githooks'] }),
  'allow-empty': z
    .boolean()
    .default(false)
    .describe('Hooks that had nothing to look at are no fault')
    .meta({ title: 'May be none' }),
});
type Settings = z.output<typeof settingsSchema>;

/** Runs the hooks of a repository as its developers' machines do. */
export const sourceHooks = defineKind({
  id: 'source.hooks',
  title: 'Hooks of the repository',
  summary: 'Runs the hooks that developers run before a commit: pre-commit, lefthook or Git hooks',
  docs: [
    'What stands in the folder decides: `.pre-commit-config.yaml` is run by `pre-commit run`, `lefthook.yml` by `lefthook run`,',
    'else the hook of `hooks-path`, `.githooks` or `.husky` by `git hook run`. Each hook is a test with a history; one that fails',
    'fails the stage. When no hook had anything to look at, nothing was checked, which is an infrastructure error.',
    '',
    'To install hooks that run your pipelines on a commit or push, see `pipewright hooks install`.',
  ].join('\n'),
  settings: settingsSchema,
  example: { tool: 'auto', hook: 'pre-commit' },
  outputs: { tool: 'What ran the hooks', passed: 'How many passed', failed: 'How many failed' },
  reports: ['tests'],
  tools: [PRE_COMMIT, LEFTHOOK, GIT],
  worksOnFiles: true,
  preview: ({ hook, tool }) =>
    ({
      auto: `pre-commit run --all-files`,
      'pre-commit': 'pre-commit run --all-files',
      lefthook: `lefthook run ${hook}`,
      git: `git hook run ${hook}`,
    })[tool],
  run,
});

async function run(settings: Settings, context: KindContext): Promise<KindResult> {
  const { hook, since } = settings;
  if (since !== undefined) checkRef(since, 'since');
  const tool = settings.tool === 'auto' ? await findHookTool(context.cwd) : settings.tool;
  if (tool === null) {
    throw new AppError('usage', `The folder of stage ${context.stage} has no hooks that are known.`, {
      hint: 'Known are .pre-commit-config.yaml, lefthook.yml, and hooks of a Git checkout.',
    });
  }
  const { results, exit } = await runHooks(context, tool, {
    hook,
    since: since ?? null,
    skip: listOf<string>(settings.skip),
    hooksPath: settings['hooks-path'] ?? null,
  });
  const report = hookReport(tool, results);
  if (exit !== null && exit.outcome.type !== 'succeeded' && report.failed === 0) {
    throw new AppError(
      'kind-failed',
      `${tool} could not run the hooks: it ended with exit code ${exit.exitCode ?? 'unknown'}.`,
      {
        hint: 'What it said is in the log.',
      },
    );
  }
  if (report.passed + report.failed === 0 && !settings['allow-empty']) {
    nothingChecked(
      'no hook had anything to look at',
      'Look at the configuration of the hooks, or set `allow-empty: true`.',
    );
  }
  const bad = results.filter(({ status }) => status === 'failed').map(({ name }) => name);
  return {
    outcome:
      bad.length === 0
        ? SUCCEEDED
        : failed(
            `${bad.length === 1 ? 'A hook' : `${bad.length} hooks`} failed: ${bad.slice(0, 10).join(', ')}`,
          ),
    reports: [{ type: 'tests', report }],
    outputs: { tool, passed: String(report.passed), failed: String(report.failed) },
  };
}
