import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { mergeFindings, type FindingsReport } from '#shared/reports/findings.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import type { Sbom } from '#shared/reports/sbom.ts';
import { defineKind } from '../kind.ts';
import { requireTool } from '../tools/require-tool.ts';
import { runAdapter } from '../tools/run-adapter.ts';
import { listOf } from '../tools/setting-shapes.ts';
import { nothingChecked } from '../tools/verdict.ts';
import { workspacePath } from '../tools/workspace-path.ts';
import { hasFile } from './adapters/project-file.ts';
import { conclude, FINDINGS_OUTPUTS } from './findings/conclude.ts';
import { findingsOf } from './findings/make-report.ts';
import { runFileTools } from './findings/run-file-tools.ts';
import { selectFiles } from './findings/select-files.ts';
import { fileSettings, verdictSettings } from './findings/settings.ts';
import { judgePackages } from './license/judge-packages.ts';
import { LICENSE_CHECKER } from './license/package-licenses.ts';
import { exceptionsAt, policySettings } from './license/settings.ts';
import { licensecheck, REUSE } from './license/source-tools.ts';

/** Whether the licences of packages and files are those that may be. */
export const testLicense = defineKind({
  id: 'test.license',
  title: 'Licences',
  summary: 'Checks that the licences of packages and source files are among those that may be',
  docs: [
    '**packages**: what a bill of materials lists (`sbom`, or one that a stage of this run has reported), else what lies in',
    '`node_modules`, by `license-checker-rseidelsohn`. Licences are SPDX expressions: with `OR` one allowed way is enough, with',
    '`AND` all must be. A package that does not tell its licence is a finding, too.',
    '',
    '**files**: what source files say, by `licensecheck`, and where the project follows REUSE by `reuse lint`.',
    '',
    'Each licence that may not be is a finding of high severity. `exceptions` name packages that may be all the same, with a',
    'reason.',
  ].join('\n'),
  settings: z.strictObject({
    of: z
      .array(z.enum(['packages', 'files']))
      .min(1)
      .default(['packages'])
      .describe('What to look at: packages that the project uses, its own files, or both')
      .meta({ title: 'Licences of' }),
    ...policySettings,
    sbom: z
      .string()
      .min(1)
      .optional()
      .describe('A bill of materials in CycloneDX, relative to the working directory')
      .meta({ title: 'Bill of materials', examples: ['sbom.cdx.json'] }),
    scope: z
      .enum(['all', 'runtime'])
      .default('all')
      .describe('`runtime` leaves out packages that only development needs')
      .meta({ title: 'Packages' }),
    tool: z
      .array(z.enum(['reuse', 'licensecheck']))
      .min(1)
      .optional()
      .describe('The tools for files; without it all that fit the project and are there')
      .meta({ title: 'Tools for files' }),
    ...fileSettings,
    ...verdictSettings('medium'),
  }),
  example: { allow: ['MIT', 'ISC', 'Apache-2.0', 'BSD-3-Clause'], scope: 'runtime' },
  reports: ['findings', 'sbom'],
  outputs: FINDINGS_OUTPUTS,
  tools: [LICENSE_CHECKER.tool, REUSE.adapter.tool, licensecheck({ allow: [], deny: [] }).adapter.tool],
  worksOnFiles: true,
  async run(settings, context, { now }) {
    const policy = { allow: settings.allow, deny: settings.deny };
    const { held, notes: ended } = exceptionsAt(settings.exceptions, now());
    const reports: NormalForm[] = [];
    const findings: FindingsReport[] = [];
    const notes: string[] = [];
    const isEmptyAllowed = settings['allow-empty'];
    if (settings.of.includes('packages')) {
      const { bill, tool, isOwn } = await billOf(context, settings);
      const components = bill.components.filter(
        ({ scope }) => settings.scope === 'all' || scope !== 'development',
      );
      if (components.length === 0 && !isEmptyAllowed) {
        nothingChecked(
          'no package is listed',
          'Install the packages in a stage before, or set `allow-empty: true` where there are none.',
        );
      }
      const problems = judgePackages({ ...bill, components }, policy, held);
      findings.push(findingsOf(tool, problems, { checked: components.length }));
      if (isOwn) reports.push({ type: 'sbom', report: bill });
    }
    if (settings.of.includes('files')) {
      const files = await selectFiles(context, {
        paths: listOf(settings.paths),
        exclude: listOf(settings.exclude),
      });
      const run = await runFileTools(
        context,
        [REUSE, licensecheck(policy)],
        { files, args: [] },
        { named: settings.tool ?? [], purpose: 'read the licences of files', allowEmpty: isEmptyAllowed },
      );
      findings.push(run.findings);
      notes.push(...run.notes);
    }
    return conclude(context, settings, { findings: mergeFindings(findings), reports, notes, remarks: ended });
  },
});

interface Bill {
  readonly bill: Sbom;
  /** Who made it, for its findings. */
  readonly tool: string;
  /** It was made here, so it is reported here. */
  readonly isOwn: boolean;
}

/** A bill of materials: the file that is named, what is in `node_modules`, or what a stage of the run has reported. */
async function billOf(
  context: KindContext,
  settings: {
    readonly sbom?: string | undefined;
    readonly scope: 'all' | 'runtime';
    readonly 'allow-empty': boolean;
  },
): Promise<Bill> {
  if (settings.sbom !== undefined) {
    const { here } = await workspacePath(context, settings.sbom, 'sbom');
    const bytes = await readFile(here).catch(() => null);
    const { form, issues } =
      bytes === null
        ? { form: null, issues: [] }
        : await context.parseReport(bytes, 'cyclonedx', settings.sbom);
    if (form?.type === 'sbom') return { bill: form.report, tool: 'sbom', isOwn: true };
    throw new AppError('kind-failed', issues[0]?.message ?? `\`sbom\`: ${settings.sbom} cannot be read.`, {
      hint: 'Make it in a stage before, as with release.metadata.',
    });
  }
  const reported = context.reportsOfRun().flatMap(({ form }) => (form.type === 'sbom' ? [form.report] : []));
  const last = reported.at(-1);
  if (last !== undefined) return { bill: last, tool: 'sbom', isOwn: false };
  if (!(await hasFile(context, 'package.json'))) {
    if (settings['allow-empty']) {
      const bill = { format: 'none', subject: null, components: [], dependencies: [] };
      return { bill, tool: 'license-checker-rseidelsohn', isOwn: false };
    }
    nothingChecked(
      'there is no bill of materials, and no package.json',
      'Name one in `sbom`, or make one in a stage before, as with release.metadata.',
    );
  }
  const found = await requireTool(context, [LICENSE_CHECKER.tool], 'read the licences of packages');
  const own = { runtimeOnly: settings.scope === 'runtime', args: [] };
  const run = await runAdapter(context, { adapter: LICENSE_CHECKER, found }, own, { allowEmpty: true });
  const [form] = run.reports;
  if (form?.type !== 'sbom') throw new AppError('kind-failed', `${found.tool.name} listed nothing.`);
  return { bill: form.report, tool: found.tool.name, isOwn: true };
}
