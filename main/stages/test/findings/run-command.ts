import { z } from 'zod';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { FindingsReport } from '#shared/reports/findings.ts';
import { globsSetting, listOf } from '../../tools/setting-shapes.ts';
import { freshReports } from '../unit/fresh-reports.ts';

/** For kinds that look at files: a command of the project instead of a tool that the catalog knows. */
export const commandSettings = {
  command: z
    .string()
    .min(1)
    .optional()
    .describe('A script of the project that looks instead, and writes what it found as SARIF')
    .meta({
      title: 'Command',
      'x-control': 'script',
      examples: ['node tools/lint.js --sarif reports/lint.sarif'],
    }),
  sarif: globsSetting
    .optional()
    .describe('Globs of the SARIF files that `command` writes, relative to the workspace')
    .meta({ title: 'SARIF files', 'x-control': 'globs', examples: ['reports/*.sarif'] }),
};

export interface CommandSettings {
  readonly command?: string | undefined;
  readonly sarif?: string | readonly string[] | undefined;
  readonly 'allow-empty': boolean;
}

export interface CommandRun {
  readonly findings: FindingsReport;
  /** For people: what of the report was not kept. */
  readonly notes: readonly string[];
}

/**
 * Runs the command and reads what it reported; null: the settings name none. Its exit code decides nothing, unless the report
 * has nothing that explains it.
 * @param others settings that are for tools alone: set, they do not go with a command
 * @throws AppError `usage`; `kind-failed` when it wrote no report, or ended badly and reported nothing
 */
export async function runCommand(
  context: KindContext,
  settings: CommandSettings,
  others: Readonly<Record<string, unknown>>,
  now: () => number,
): Promise<CommandRun | null> {
  const { command } = settings;
  const globs = listOf(settings.sarif);
  if (command === undefined) {
    if (globs.length === 0) return null;
    throw new AppError('usage', '`sarif` says what a `command` writes, and there is none.', {
      hint: 'Give the `command`; a report of another stage is read by its own `reports: { sarif: … }`.',
    });
  }
  if (globs.length === 0) {
    throw new AppError('usage', '`command` needs `sarif`, the files that it writes what it found to.');
  }
  refuseOthers(others);
  const startedAt = now();
  const { exitCode } = await context.exec({ script: command });
  await context.collectFiles();
  const fresh = await freshReports(context, globs, startedAt);
  const { reports, issues } = await context.readReports({ sarif: [...fresh] });
  const findings = reports.find((form) => form.type === 'findings')?.report;
  const fault = issues.find(({ severity }) => severity === 'error');
  if (findings === undefined || fault !== undefined) {
    const said = fault?.message ?? issues[0]?.message;
    throw new AppError(
      'kind-failed',
      `The command wrote no report that can be read to ${globs.join(', ')}${said === undefined ? '.' : `: ${said}`}`,
      { hint: 'It is to write SARIF 2.1.0 in each run, also when it finds nothing.' },
    );
  }
  if (exitCode !== 0 && findings.findings.length === 0) {
    const ended = exitCode === null ? 'was ended by a signal' : `ended with exit code ${exitCode}`;
    throw new AppError(
      'kind-failed',
      `The command ${ended}, and its report names nothing that would explain it.`,
      {
        hint: 'Look at the log of the stage.',
      },
    );
  }
  if (findings.checked === 0 && !settings['allow-empty']) {
    throw new AppError('kind-failed', 'Nothing was checked: the command looked at no file.', {
      hint: 'Set `allow-empty: true` if that is as it should be.',
    });
  }
  return { findings, notes: issues.map(({ message }) => message) };
}

function refuseOthers(others: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(others)) {
    if (value === undefined || value === false || (Array.isArray(value) && value.length === 0)) continue;
    throw new AppError('usage', `\`${key}\` does not work with a \`command\`, which runs as it is written.`, {
      hint: 'Leave one of the two out.',
    });
  }
}
