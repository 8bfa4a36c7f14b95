import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { type FindingsReport, mergeFindings } from '#shared/reports/findings.ts';
import type { MetricsReport } from '#shared/reports/metrics.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import { countSeverities } from '#shared/reports/severity.ts';
import { counted } from '../../tools/counted.ts';
import { runAdapter } from '../../tools/run-adapter.ts';
import type { AdapterRun, ReportSource } from '../../tools/tool-adapter.ts';
import type { Tool } from '../../tools/tool.ts';
import { batchesOf } from './batches.ts';
import { chooseTools, type ChosenTool } from './choose-tools.ts';
import type { FilesToCheck, FileTool } from './file-tool.ts';
import { makeFinding } from './make-report.ts';
import { relativePath } from './relative-path.ts';

export interface FileToolsRun {
  /** Of all tools together; paths are relative to the workspace. */
  readonly findings: FindingsReport;
  readonly metrics: MetricsReport['metrics'];
  /** What each tool looked at. */
  readonly ran: readonly { readonly tool: string; readonly checked: number }[];
  /** For people: what was not looked at because no tool for it is there. */
  readonly notes: readonly string[];
}

export const NO_FINDINGS: FindingsReport = mergeFindings([]);

/**
 * Runs the tools that fit over the files, each over those that it is for.
 * @throws AppError `tool-missing`; `kind-failed` when a tool could not look, or nothing was looked at and `allowEmpty` is not set
 */
export async function runFileTools<Settings extends FilesToCheck>(
  context: KindContext,
  rows: readonly FileTool<Settings>[],
  settings: Settings,
  {
    named,
    purpose,
    allowEmpty,
  }: { readonly named: readonly string[]; readonly purpose: string; readonly allowEmpty: boolean },
): Promise<FileToolsRun> {
  const { chosen, missing } = await chooseTools(context, rows, settings, named, purpose);
  const ran: { tool: string; checked: number }[] = [];
  const reports: NormalForm[] = [];
  for (const one of counted(context, chosen, ({ found }) => found.tool.name)) {
    let checked = 0;
    for (const run of await runInBatches(context, one, settings)) {
      checked += run.checked;
      reports.push(...run.reports.map((form) => ownForm(context, one.row, form)));
    }
    ran.push({ tool: one.found.tool.name, checked });
  }
  const checked = ran.reduce((sum, one) => sum + one.checked, 0);
  if (checked === 0 && !allowEmpty) {
    const tools = rows.map(({ adapter }) => adapter.tool.name).join(', ');
    const why = chosen.length === 0 ? `no file here is one for ${tools}` : 'the tools looked at no file';
    throw new AppError('kind-failed', `Nothing was checked: ${why}.`, {
      hint: 'Look at `paths`, `exclude` and `tool`, or set `allow-empty: true` if that is as it should be.',
    });
  }
  const all = reports.flatMap((form) => (form.type === 'findings' ? [form.report] : []));
  return {
    findings: { ...mergeFindings(all), checked },
    metrics: reports.flatMap((form) => (form.type === 'metrics' ? form.report.metrics : [])),
    ran,
    notes: missing.map(
      ({ tool, files }) =>
        `${tool.name} is not installed (${tool.install}), so ${files} ${files === 1 ? 'file was' : 'files were'} not looked at by it.`,
    ),
  };
}

async function runInBatches<Settings extends FilesToCheck>(
  context: KindContext,
  { row: { adapter, allAtOnce }, found, files }: ChosenTool<Settings>,
  settings: Settings,
): Promise<readonly { readonly checked: number; readonly reports: readonly NormalForm[] }[]> {
  const runs: { checked: number; reports: readonly NormalForm[] }[] = [];
  const batches = allAtOnce === true ? [files] : batchesOf(files, context.paths.separator);
  for (const batch of batches) {
    const run = await runAdapter(
      context,
      { adapter, found },
      { ...settings, files: batch },
      { allowEmpty: true },
    );
    refuseSilence(run);
    runs.push({ checked: run.checked ?? batch.length, reports: run.reports });
  }
  return runs;
}

/** A tool that says by its exit code that it found something, and reports nothing, has not done what it should. */
export function refuseSilence({ found, meaning, reports, exit }: AdapterRun): void {
  const count = reports.reduce(
    (sum, form) =>
      sum +
      (form.type === 'findings'
        ? form.report.findings.length
        : form.type === 'metrics'
          ? form.report.metrics.length
          : 0),
    0,
  );
  if (meaning !== 'findings' || count > 0) return;
  throw new AppError(
    'kind-failed',
    `${found.tool.name} ended with exit code ${exit.exitCode}, as it does when it found something, but its report is empty.`,
    { hint: 'Look at what it wrote into the log.' },
  );
}

interface AnyAdapter {
  readonly adapter: { readonly tool: Tool; readonly reports: readonly ReportSource[] };
}

/** The tool under the name that Pipewright has for it, and paths relative to the workspace, whatever the report has. */
function ownForm(
  context: KindContext,
  { adapter, severity = (same) => same }: Pick<FileTool<never>, 'severity'> & AnyAdapter,
  form: NormalForm,
): NormalForm {
  if (form.type !== 'findings') return form;
  const { report } = form;
  const tool = adapter.tool.name;
  // Readers of known formats place files themselves.
  const isOwn = adapter.reports.some(({ format }) => typeof format === 'function');
  const findings = report.findings.map((one) =>
    makeFinding(tool, {
      ...one,
      tool,
      severity: severity(one.severity),
      file: one.file === null || !isOwn ? one.file : relativePath(context, one.file),
    }),
  );
  return {
    type: 'findings',
    report: {
      ...report,
      tools: [{ name: tool, version: report.tools[0]?.version ?? null }],
      counts: countSeverities(findings),
      findings,
      rules: report.rules.map((rule) => ({ ...rule, tool })),
    },
  };
}
