import { z } from 'zod';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { formatDuration, parseDuration } from '#shared/lib/durations.ts';
import { SUCCEEDED } from '#shared/run/outcome.ts';
import { defineKind } from '../kind.ts';
import { listOf } from '../tools/setting-shapes.ts';
import { pickAdapter, runAdapter } from '../tools/run-adapter.ts';
import { auditCi, npmAudit, pnpmAudit } from './adapters/npm-audit.ts';
import { asProblem, type Scan, type Scanner, startScan } from './adapters/scan.ts';
import { grype, osvScanner, trivy } from './adapters/scanners.ts';
import { conclude, FINDINGS_OUTPUTS } from './findings/conclude.ts';
import { findingsOf } from './findings/make-report.ts';
import { relativePath } from './findings/relative-path.ts';
import { refuseSilence } from './findings/run-file-tools.ts';
import { argsSetting, toolSetting, verdictSettings } from './findings/settings.ts';
import { ignoreSetting, sortOut } from './vuln-ignores.ts';

const scannersFor = (scan: Scan): readonly Scanner[] => [
  osvScanner(scan),
  trivy(scan),
  grype(scan),
  npmAudit(scan),
  pnpmAudit(scan),
  auditCi(scan),
];

const NAMES = ['osv-scanner', 'trivy', 'grype', 'npm', 'pnpm', 'audit-ci'] as const;

/** Known vulnerabilities of what the project depends on. */
export const testVuln = defineKind({
  id: 'test.vuln',
  title: 'Vulnerabilities',
  summary: 'Looks up known vulnerabilities of the packages that the project depends on',
  docs: [
    'Runs the first scanner that is there: `osv-scanner`, `trivy`, `grype`, else `npm audit`, `pnpm audit` or `audit-ci` by',
    'the lock file. Each vulnerability is a finding with its package and version, and with what mends it.',
    '',
    'It fails on those of `fail-on` or worse. One that does no harm here is named in `ignore` with a reason and a last day;',
    'after that day it counts again. When the advisory database cannot be asked, or its data is older than `max-db-age`, the',
    'stage could not judge: that is an error, never a success.',
  ].join('\n'),
  settings: z.strictObject({
    tool: toolSetting(NAMES, 'the first that fits the project and is there'),
    ignore: ignoreSetting,
    'fixed-only': z
      .boolean()
      .default(false)
      .describe('Counts only those for which a fix is known')
      .meta({ title: 'With a fix only' }),
    scope: z
      .enum(['all', 'runtime'])
      .default('all')
      .describe('`runtime` leaves out what only development needs, where the tool can tell')
      .meta({ title: 'Packages' }),
    'max-db-age': z
      .string()
      .refine((text) => parseDuration(text) !== null, 'a duration such as 7d')
      .optional()
      .describe('How old the scanner’s own data may be; tools that ask a server each time have none')
      .meta({ title: 'Oldest data', examples: ['7d'] }),
    ...verdictSettings('high'),
    args: argsSetting,
  }),
  example: { tool: 'npm', 'fail-on': 'high', 'fixed-only': true },
  reports: ['findings'],
  outputs: FINDINGS_OUTPUTS,
  tools: scannersFor(startScan()).map(({ adapter }) => adapter.tool),
  worksOnFiles: true,
  async run(settings, context, { now }) {
    const scan = startScan();
    const named = listOf(settings.tool);
    const scanners = scannersFor(scan)
      .filter(
        ({ adapter }) => named.length === 0 || named.includes(adapter.tool.name as (typeof NAMES)[number]),
      )
      // One that is named need not find its lock file: it says itself what it lacks.
      .map((one) => (named.length === 0 ? one : { ...one, adapter: { ...one.adapter, fits: always } }));
    const own = { runtimeOnly: settings.scope === 'runtime', args: settings.args };
    const rows = scanners.map(({ adapter }) => adapter);
    if (settings['allow-empty'] && !(await anyFits(context, scanners, own))) {
      return { outcome: SUCCEEDED, summary: 'Nothing to look up: no lock file is here.' };
    }
    const { adapter, found } = await pickAdapter(context, rows, own, 'look up vulnerabilities');
    const scanner = scanners.find((one) => one.adapter === adapter);
    if (settings['max-db-age'] !== undefined && scanner?.database !== undefined) {
      const { stdout } = await context.exec({
        argv: [...found.command, ...scanner.database.argv],
        silent: 'stdout',
      });
      scan.databaseAt = readAge(scanner.database.read, stdout);
    }
    const run = await runAdapter(context, { adapter, found }, own, { allowEmpty: settings['allow-empty'] });
    refuseSilence(run);
    refuseOldData(settings['max-db-age'], scan, adapter.tool.name, now());
    const { counted, notes } = sortOut(scan.vulnerabilities, {
      ignores: settings.ignore,
      fixedOnly: settings['fixed-only'],
      now: now(),
    });
    const placed = counted.map((one) => ({
      ...one,
      file: one.file === null ? null : relativePath(context, one.file),
    }));
    return conclude(context, settings, {
      findings: findingsOf(adapter.tool.name, placed.map(asProblem), {
        checked: run.checked,
        rules: placed.map(({ id, title, url }) => ({ id, title, helpUri: url })),
      }),
      remarks: notes,
    });
  },
});

const always = (): Promise<boolean> => Promise.resolve(true);

async function anyFits(
  context: KindContext,
  scanners: readonly Scanner[],
  settings: Parameters<NonNullable<Scanner['adapter']['fits']>>[1],
): Promise<boolean> {
  for (const { adapter } of scanners) {
    if (adapter.fits === undefined || (await adapter.fits(context, settings))) return true;
  }
  return false;
}

function readAge(read: (text: string) => string | null, text: string): string | null {
  try {
    return read(text);
  } catch {
    // An age that nobody can read is no age; it is refused below.
    return null;
  }
}

/** Tools that have data of their own. */
const WITH_DATA = new Set(['trivy', 'grype']);

function refuseOldData(maxAge: string | undefined, { databaseAt }: Scan, tool: string, now: number): void {
  const most = maxAge === undefined ? null : parseDuration(maxAge);
  if (most === null || !WITH_DATA.has(tool)) return;
  const age = databaseAt === null ? NaN : now - Date.parse(databaseAt);
  if (age <= most) return;
  const what = Number.isNaN(age) ? 'of unknown age' : `${formatDuration(age)} old, more than ${maxAge}`;
  throw new AppError(
    'kind-failed',
    `The data of ${tool} is ${what}, so it cannot tell what is known today.`,
    {
      hint: `Update it (see ${tool}’s own words on its database), or allow more in \`max-db-age\`.`,
    },
  );
}
