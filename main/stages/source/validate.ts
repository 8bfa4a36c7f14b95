import { z } from 'zod';
import type { KindContext, KindResult } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { mergeFindings } from '#shared/reports/findings.ts';
import { defineKind } from '../kind.ts';
import { conclude, FINDINGS_OUTPUTS } from '../test/findings/conclude.ts';
import { findingsOf } from '../test/findings/make-report.ts';
import { verdictSettings } from '../test/findings/settings.ts';
import { counted } from '../tools/counted.ts';
import { bytesOf, sizeSetting } from '../tools/size-setting.ts';
import { nothingChecked } from '../tools/verdict.ts';
import { folderOf, workspacePath } from '../tools/workspace-path.ts';
import type { Check, CheckWish } from './checks/check.ts';
import { checkMessages, checkSignatures } from './checks/commit-checks.ts';
import { checkConflicts, checkObjects, checkSizes, checkWhitespace } from './checks/file-checks.ts';
import { checkSecrets } from './checks/secret-check.ts';
import { checkRef } from './check-url.ts';
import { pathSetting, signersSetting } from './git-settings.ts';
import { createGitClient } from './git/git-client.ts';
import { COMMITLINT, GIT, GITLEAKS, SECRETLINT } from './tools.ts';

const CHECKS = {
  fsck: checkObjects,
  'conflict-markers': checkConflicts,
  whitespace: checkWhitespace,
  'file-size': checkSizes,
  'commit-messages': checkMessages,
  signatures: checkSignatures,
  secrets: checkSecrets,
} as const satisfies Record<string, Check>;
const NAMES = Object.keys(CHECKS) as (keyof typeof CHECKS)[];

const settingsSchema = z.strictObject({
  checks: z
    .array(z.enum(NAMES))
    .min(1)
    .default(['fsck', 'conflict-markers', 'whitespace', 'file-size'])
    .describe('What to check')
    .meta({ title: 'Checks' }),
  since: z
    .string()
    .min(1)
    .optional()
    .describe(
      'A branch, tag or commit: only what came after it is checked. Unless set, all files and the newest commit are',
    )
    .meta({ title: 'Since', examples: ['origin/main'] }),
  'max-file-size': sizeSetting
    .default('5Mi')
    .describe('The largest file that is no finding; large files belong into Git LFS')
    .meta({ title: 'Largest file' }),
  'allowed-signers': signersSetting,
  path: pathSetting.describe('The checkout, relative to the folder of the stage'),
  ...verdictSettings('medium'),
});
type Settings = z.output<typeof settingsSchema>;

/** Checks a repository: its objects, its files, its commits. */
export const sourceValidate = defineKind({
  id: 'source.validate',
  title: 'Validate the source',
  summary: 'Checks a Git checkout: integrity, conflict markers, sizes, commit messages, signatures, secrets',
  docs: [
    'Each check looks at what is committed, and what it finds are findings:',
    '',
    '| check | finds | severity |',
    '| --- | --- | --- |',
    '| `fsck` | objects that are missing or broken | critical |',
    '| `conflict-markers` | marks of a merge that was not finished | high |',
    '| `whitespace` | blanks at the ends of lines, as `git diff --check` | low |',
    '| `file-size` | files over `max-file-size` | medium |',
    "| `commit-messages` | what the project's commitlint says, or what is no Conventional Commit | medium |",
    '| `signatures` | commits that none of `allowed-signers` has signed | high |',
    '| `secrets` | passwords and tokens: gitleaks in the history, else secretlint in the files | critical |',
    '',
    'With `since`, commits after it and the files that they changed count. The stage fails when a finding has the severity of',
    '`fail-on` or a worse one, and it is an infrastructure error when nothing could be checked.',
  ].join('\n'),
  settings: settingsSchema,
  example: {
    checks: ['fsck', 'conflict-markers', 'file-size', 'commit-messages', 'secrets'],
    'max-file-size': '1Mi',
  },
  outputs: FINDINGS_OUTPUTS,
  reports: ['findings'],
  tools: [GIT, COMMITLINT, GITLEAKS, SECRETLINT],
  worksOnFiles: true,
  run,
});

async function run(settings: Settings, context: KindContext): Promise<KindResult> {
  const target = await workspacePath(context, settings.path, 'path');
  const folder = folderOf(context, target);
  const git = await createGitClient(context, { in: folder });
  const top = await git.ask('rev-parse', '--show-cdup');
  const head = await git.ask('rev-parse', '--verify', '--quiet', 'HEAD');
  if (top.outcome.type !== 'succeeded' || head.outcome.type !== 'succeeded') {
    throw new AppError('usage', `${target.relative} is no checkout of Git with a commit.`, {
      hint: 'Set `path` to one, or check it out first.',
    });
  }
  if (top.stdout.trim() !== '') {
    throw new AppError('usage', `${target.relative} is a folder inside of a checkout.`, {
      hint: `Set \`path\` to its root, ${top.stdout.trim()}.`,
    });
  }
  const since = await resolveSince(git, settings.since);
  const wish: CheckWish = {
    ...{ context, git, folder, since },
    fromWorkspace: target.fromWorkspace,
    changed: since === null ? null : await changedSince(git, since),
    maxFileBytes: bytesOf(settings['max-file-size']),
    allowedSigners: settings['allowed-signers'] ?? null,
  };
  const reports = [];
  for (const name of counted(context, [...new Set(settings.checks)], (check) => check)) {
    const { checked, problems, tool = 'git' } = await CHECKS[name](wish);
    await context.say(
      `${name}: ${problems.length === 0 ? 'nothing found' : `${problems.length} found`}, ${checked} looked at`,
    );
    reports.push(findingsOf(tool, problems, { checked }));
  }
  const report = mergeFindings(reports);
  if (report.checked === 0 && !settings['allow-empty']) {
    nothingChecked(
      `nothing came after ${settings.since ?? 'the beginning'}`,
      'Look at `since`, or set `allow-empty: true`.',
    );
  }
  return conclude(context, settings, { findings: report });
}

type Git = Awaited<ReturnType<typeof createGitClient>>;

async function resolveSince(git: Git, since: string | undefined): Promise<string | null> {
  if (since === undefined) return null;
  checkRef(since, 'since');
  const base = await git.ask('merge-base', since, 'HEAD');
  if (base.outcome.type === 'succeeded') return base.stdout.trim();
  throw new AppError('kind-failed', `${since} is not in the history that was fetched.`, {
    hint: 'Fetch more of it: `depth: 0` of source.git is all.',
  });
}

async function changedSince(git: Git, since: string): Promise<ReadonlySet<string>> {
  const text = await git.text('diff', '--name-only', '-z', '--no-renames', since, 'HEAD', '--');
  return new Set(text.split('\0').filter((file) => file !== ''));
}
