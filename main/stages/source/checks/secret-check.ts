import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '#shared/lib/app-error.ts';
import { findTool } from '../../tools/find-tool.ts';
import { missingTool } from '../../tools/require-tool.ts';
import { withScratch } from '../../tools/with-scratch.ts';
import { GITLEAKS, SECRETLINT } from '../tools.ts';
import { type Check, type Checked, type CheckWish, fileIn } from './check.ts';

/** Looks for passwords and tokens: gitleaks in the history, or secretlint in the files. @throws AppError `tool-missing` */
export const checkSecrets: Check = async (wish) => {
  const gitleaks = await findTool(wish.context, GITLEAKS);
  if (gitleaks !== null) return runGitleaks(wish, gitleaks.command);
  const secretlint = await findTool(wish.context, SECRETLINT);
  if (secretlint !== null) return runSecretlint(wish, secretlint.command);
  throw missingTool([GITLEAKS, SECRETLINT], 'look for secrets');
};

type Command = readonly [string, ...string[]];

/** An exit code of its own for findings, as 1 is also that of a crash. */
const FOUND = 7;

function runGitleaks({ context, folder, since }: CheckWish, command: Command): Promise<Checked> {
  return withScratch(context, async ({ dir, seen }) => {
    const report = `${seen}${context.paths.separator}gitleaks.sarif`;
    const range = since === null ? [] : [`--log-opts=${since}..HEAD`];
    const args = [
      'detect',
      '--source=.',
      '--redact',
      '--no-banner',
      '--report-format=sarif',
      `--report-path=${report}`,
    ];
    const exit = await context.exec({
      argv: [...command, ...args, `--exit-code=${FOUND}`, ...range],
      ...(folder === '' ? {} : { in: folder }),
    });
    if (exit.exitCode !== 0 && exit.exitCode !== FOUND) throw crashed('gitleaks', exit.stderr);
    await context.collectFiles();
    const bytes = await readFile(path.join(dir, 'gitleaks.sarif'));
    const { form, issues } = await context.parseReport(bytes, 'sarif', 'the report of gitleaks');
    if (form?.type !== 'findings') throw crashed('gitleaks', issues[0]?.message ?? '');
    const problems = form.report.findings.map((one) => ({ ...one, severity: 'critical' as const }));
    return { tool: 'gitleaks', checked: form.report.checked ?? 1, problems };
  });
}

const secretlintSchema = z.array(
  z.looseObject({
    filePath: z.string(),
    messages: z.array(
      z.looseObject({
        message: z.string(),
        ruleId: z.string(),
        severity: z.string(),
        loc: z.looseObject({
          start: z.looseObject({ line: z.number(), column: z.number() }),
          end: z.looseObject({ line: z.number(), column: z.number() }),
        }),
      }),
    ),
  }),
);

const PRESET = '@secretlint/secretlint-rule-preset-recommend';

function runSecretlint(wish: CheckWish, command: Command): Promise<Checked> {
  const { context, folder, git, changed } = wish;
  return withScratch(context, async ({ dir, seen }) => {
    const own = (await git.text('ls-files', '--', '.secretlintrc*')) !== '';
    const config = `${seen}${context.paths.separator}secretlintrc.json`;
    if (!own)
      await writeFile(path.join(dir, 'secretlintrc.json'), JSON.stringify({ rules: [{ id: PRESET }] }));
    const files = (await git.text('ls-files', '-z')).split('\0').filter((file) => file !== '');
    const counting = files.filter((file) => changed === null || changed.has(file));
    if (counting.length === 0) return { tool: 'secretlint', checked: 0, problems: [] };
    const exit = await context.exec({
      argv: [
        ...command,
        '--format=json',
        '--maskSecrets',
        ...(own ? [] : [`--secretlintrc=${config}`]),
        '**/*',
      ],
      silent: 'stdout',
      ...(folder === '' ? {} : { in: folder }),
    });
    if (exit.exitCode !== 0 && exit.exitCode !== 1) throw crashed('secretlint', exit.stderr);
    const known = new Set(counting);
    const results = parseSecretlint(exit.stdout, exit.stderr);
    const root = path.posix.join(context.seen.cwd.replaceAll('\\', '/'), folder.replaceAll('\\', '/'));
    const problems = results.flatMap(({ filePath, messages }) => {
      const file = path.posix.relative(root, filePath.replaceAll('\\', '/'));
      if (!known.has(file)) return [];
      return messages.map(({ message, ruleId, severity, loc }) => ({
        tool: 'secretlint',
        ruleId,
        severity: severity === 'error' ? ('critical' as const) : ('medium' as const),
        message,
        file: fileIn(wish, file),
        line: loc.start.line,
        column: loc.start.column + 1,
        endLine: loc.end.line,
        endColumn: loc.end.column + 1,
      }));
    });
    return { tool: 'secretlint', checked: counting.length, problems };
  });
}

function parseSecretlint(stdout: string, stderr: string) {
  try {
    return secretlintSchema.parse(JSON.parse(stdout));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) throw crashed('secretlint', stderr);
    throw error;
  }
}

function crashed(name: string, said: string): AppError {
  const last =
    said
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .at(-1) ?? '';
  return new AppError(
    'kind-failed',
    `${name} could not do its work${last === '' ? '' : `: ${last.slice(0, 300)}`}.`,
    {
      hint: 'What it said is in the log.',
    },
  );
}
