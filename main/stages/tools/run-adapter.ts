import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { KindContext, ToolExit } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import { findTool, type FoundTool } from './find-tool.ts';
import { missingTool } from './require-tool.ts';
import type { AdapterRun, ReportSource, ToolAdapter } from './tool-adapter.ts';
import { type Scratch, withScratch } from './with-scratch.ts';

/**
 * Picks the first adapter that fits the project and whose tool is there.
 * @throws AppError `kind-failed` when none fits, `tool-missing` when none that fits is installed
 */
export async function pickAdapter<Settings>(
  context: KindContext,
  adapters: readonly ToolAdapter<Settings>[],
  settings: Settings,
  purpose: string,
): Promise<{ readonly adapter: ToolAdapter<Settings>; readonly found: FoundTool }> {
  const fitting: ToolAdapter<Settings>[] = [];
  for (const adapter of adapters) {
    if (adapter.fits !== undefined && !(await adapter.fits(context, settings))) continue;
    const found = await findTool(context, adapter.tool);
    if (found !== null) return { adapter, found };
    fitting.push(adapter);
  }
  const [first, ...others] = fitting.map(({ tool }) => tool);
  if (first !== undefined) throw missingTool([first, ...others], purpose);
  const names = adapters.map(({ tool }) => tool.name).join(', ');
  throw new AppError(
    'kind-failed',
    `Nothing in ${context.stage}'s folder tells which tool is to ${purpose}.`,
    {
      hint: `Say which in \`tool\`: ${names}.`,
    },
  );
}

/**
 * Runs a tool and reads what it reported.
 * @throws AppError `kind-failed` when it could not look: its exit code says so, its report is not there or cannot be read,
 * or nothing was looked at and `allowEmpty` is not set
 */
export async function runAdapter<Settings>(
  context: KindContext,
  { adapter, found }: { readonly adapter: ToolAdapter<Settings>; readonly found: FoundTool },
  settings: Settings,
  options: { readonly allowEmpty?: boolean } = {},
): Promise<AdapterRun> {
  const usesFiles =
    adapter.prepare !== undefined || adapter.reports.some(({ from }) => typeof from === 'object');
  const run = async (scratch: Scratch | null): Promise<AdapterRun> => {
    if (scratch !== null) await adapter.prepare?.(settings, { context, scratch });
    const [program, ...prefix] = found.command;
    const args = adapter.argv(settings, { context, scratch: scratch?.seen ?? '' });
    const isOutputReport = adapter.reports.some(({ from }) => from === 'stdout');
    const exit = await context.exec({
      argv: [program, ...prefix, ...args],
      ...(adapter.env !== undefined && { env: adapter.env }),
      ...(isOutputReport && { silent: 'stdout' as const }),
    });
    const meaning = exit.exitCode === null ? 'errored' : (adapter.exit[exit.exitCode] ?? 'errored');
    if (meaning === 'errored') throw crashed(adapter, exit);
    if (usesFiles) await context.collectFiles();
    const reports: NormalForm[] = [];
    for (const source of adapter.reports) {
      reports.push(...(await readSource(context, adapter, source, exit, scratch?.dir ?? null)));
    }
    const checked = adapter.checked === undefined ? countOf(reports) : adapter.checked(reports, exit);
    if (checked === 0 && options.allowEmpty !== true) {
      throw new AppError('kind-failed', `${adapter.tool.name} looked at nothing, so nothing was checked.`, {
        hint: 'Look at `paths`, or set `allow-empty: true` if that is as it should be.',
      });
    }
    return { found, meaning, exit, reports, checked };
  };
  return usesFiles ? withScratch(context, run) : run(null);
}

async function readSource<Settings>(
  context: KindContext,
  adapter: ToolAdapter<Settings>,
  { from, format, mayBeEmpty }: ReportSource,
  exit: ToolExit,
  scratchDir: string | null,
): Promise<readonly NormalForm[]> {
  const { name } = adapter.tool;
  const bytes =
    typeof from === 'string'
      ? Buffer.from(exit[from])
      : await readFile(path.join(scratchDir ?? '', from.file)).catch(() => null);
  if (bytes === null || (bytes.length === 0 && mayBeEmpty !== true)) throw withoutReport(name, exit);
  if (typeof format === 'function') {
    try {
      return format(bytes.toString('utf8'), { context });
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw new AppError(
        'kind-failed',
        `The report of ${name} could not be read: it has another form than expected.`,
        {
          hint: 'Its version may be too new or too old; see `pipewright doctor`.',
          cause: error,
        },
      );
    }
  }
  const { form, issues } = await context.parseReport(bytes, format, `the report of ${name}`);
  if (form !== null) return [form];
  const [issue] = issues;
  throw new AppError('kind-failed', issue?.message ?? `The report of ${name} could not be read.`);
}

const countOf = (reports: readonly NormalForm[]): number | null => {
  const counts = reports.flatMap(({ type, report }) =>
    type === 'findings' ? [report.checked] : type === 'tests' ? [report.total] : [],
  );
  if (counts.length === 0 || counts.includes(null)) return null;
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
};

function crashed<Settings>({ tool }: ToolAdapter<Settings>, exit: ToolExit): AppError {
  const code = exit.exitCode === null ? 'was ended by a signal' : `ended with exit code ${exit.exitCode}`;
  return new AppError('kind-failed', `${tool.name} could not do its work: it ${code}.${lastWords(exit)}`);
}

function withoutReport(name: string, exit: ToolExit): AppError {
  return new AppError('kind-failed', `${name} wrote no report.${lastWords(exit)}`);
}

/** The end of what it said, on one line. */
export function lastWords({ stderr, stdout }: Pick<ToolExit, 'stdout' | 'stderr'>): string {
  const lines = `${stdout}\n${stderr}`.split('\n').map((line) => line.trim());
  const last = lines.filter((line) => line !== '').at(-1);
  return last === undefined ? '' : ` It said: ${last.slice(0, 300)}`;
}
