import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import { type FindingsReport, mergeFindings } from '#shared/reports/findings.ts';
import type { TestReport } from '#shared/reports/test-report.ts';
import { defineKind } from '../kind.ts';
import { requireTool } from '../tools/require-tool.ts';
import { runAdapter } from '../tools/run-adapter.ts';
import { nothingChecked } from '../tools/verdict.ts';
import { KNIP } from './deps/knip.ts';
import type { Lock } from './deps/locked-package.ts';
import { DEPS_RULES, type DepsProblem, judgeLock } from './deps/policy.ts';
import { readCargoLock } from './deps/read-cargo-lock.ts';
import { readNpmLock } from './deps/read-npm-lock.ts';
import { conclude, FINDINGS_OUTPUTS } from './findings/conclude.ts';
import { findingsOf, makeFinding } from './findings/make-report.ts';
import { relativePath } from './findings/relative-path.ts';
import { refuseSilence } from './findings/run-file-tools.ts';
import { verdictSettings } from './findings/settings.ts';

const LOCKS = ['npm-shrinkwrap.json', 'package-lock.json', 'Cargo.lock'] as const;

/** Rules over the packages that a project depends on. */
export const testDeps = defineKind({
  id: 'test.deps',
  title: 'Dependency rules',
  summary: 'Checks the packages of the lock file against rules of the project',
  docs: [
    'Reads `package-lock.json` (npm 7 and newer), `npm-shrinkwrap.json` and `Cargo.lock`, without a network: whether the lock',
    'fits to the manifest, each package has a checksum, comes from an allowed registry, is not banned and not deprecated, and',
    'whether those that run a script when they are installed are known. With `unused: true` knip tells which dependencies',
    'nothing uses.',
    '',
    'It leaves findings and a test report with a case for each rule, and fails on findings of `fail-on` or worse: what is',
    'against a rule is of high severity, a deprecated package of low unless `deprecated: fail`, an unused one of medium.',
  ].join('\n'),
  settings: z.strictObject({
    registries: z
      .array(z.string().min(1))
      .default([])
      .describe('Where packages may come from: hosts, or the beginning of URLs; empty: anywhere')
      .meta({ title: 'Allowed registries', examples: [['packages.example.org']] }),
    banned: z
      .array(
        z.strictObject({
          package: z.string().min(1).describe('Its name, or name@range'),
          reason: z.string().min(1).describe('Why'),
          instead: z.string().min(1).optional().describe('What to use'),
        }),
      )
      .default([])
      .describe('Packages that may not be, each with a reason')
      .meta({ title: 'Banned', examples: [[{ package: 'event-stream@3.3.6', reason: 'malware' }]] }),
    deprecated: z
      .enum(['show', 'fail'])
      .default('show')
      .describe('Whether a deprecated package is only shown, or against the rules')
      .meta({ title: 'Deprecated packages' }),
    'install-scripts': z
      .array(z.string().min(1))
      .optional()
      .describe('The packages that may run a script when they are installed; without it all may')
      .meta({ title: 'Install scripts', examples: [['esbuild']] }),
    unused: z
      .boolean()
      .default(false)
      .describe(
        'Also looks for dependencies that nothing uses, and for those that are used and not named, by knip',
      )
      .meta({ title: 'Unused' }),
    ...verdictSettings('medium'),
  }),
  example: { registries: ['packages.example.org'], 'install-scripts': [], unused: true },
  reports: ['findings', 'tests'],
  outputs: FINDINGS_OUTPUTS,
  tools: [KNIP.tool],
  worksOnFiles: true,
  async run(settings, context) {
    const locks = await readLocks(context);
    if (locks.length === 0 && !settings['allow-empty']) {
      nothingChecked(
        `there is no lock file (${LOCKS.join(', ')})`,
        'Commit one, look at `working-directory`, or set `allow-empty: true`.',
      );
    }
    const policy = { ...settings, scripts: settings['install-scripts'] ?? null };
    const problems = locks
      .flatMap((lock) => judgeLock(lock, policy))
      .map((one) => ({ ...one, file: relativePath(context, one.file ?? '') }));
    const checked = locks.reduce((sum, { packages }) => sum + packages.length, 0);
    const findings = [
      findingsOf('lock', problems, {
        checked,
        rules: Object.entries(DEPS_RULES).map(([id, title]) => ({ id, title })),
      }),
    ];
    if (settings.unused) findings.push(await findUnused(context));
    const tests = { type: 'tests' as const, report: casesOf(problems, settings.deprecated === 'fail') };
    return conclude(context, settings, {
      findings: { ...mergeFindings(findings), checked },
      reports: locks.length === 0 ? [] : [tests],
    });
  },
});

/** npm heeds the shrinkwrap alone where there is one. */
async function readLocks({ cwd }: KindContext): Promise<readonly Lock[]> {
  const read = (name: string): Promise<string | null> =>
    readFile(path.join(cwd, name), 'utf8').catch(() => null);
  const locks: Lock[] = [];
  for (const file of LOCKS) {
    const text = await read(file);
    if (text === null || (file === 'package-lock.json' && locks.length > 0)) continue;
    try {
      const manifest = file === 'Cargo.lock' ? null : await read('package.json');
      locks.push(file === 'Cargo.lock' ? readCargoLock(file, text) : readNpmLock(file, text, manifest));
    } catch (error) {
      throw new AppError('kind-failed', `${file} cannot be read as a lock file.`, {
        hint: 'Make it anew; locks of npm 6 and older lack what is looked at (npm install --package-lock-only).',
        cause: error,
      });
    }
  }
  return locks;
}

async function findUnused(context: KindContext): Promise<FindingsReport> {
  const found = await requireTool(context, [KNIP.tool], 'find unused dependencies');
  const run = await runAdapter(context, { adapter: KNIP, found }, { args: [] });
  refuseSilence(run);
  const [form] = run.reports;
  if (form?.type !== 'findings') throw new AppError('kind-failed', 'knip reported nothing.');
  const findings = form.report.findings.map((one) =>
    makeFinding('knip', { ...one, file: one.file === null ? null : relativePath(context, one.file) }),
  );
  return { ...form.report, findings };
}

/** A case for each rule. */
function casesOf(problems: readonly DepsProblem[], failsDeprecated: boolean): TestReport {
  const cases = Object.entries(DEPS_RULES).map(([rule, name]) => {
    const broken = problems.filter(({ ruleId }) => ruleId === rule);
    const isFailed = broken.length > 0 && (rule !== 'deprecated' || failsDeprecated);
    const words = broken.map(({ message }) => message);
    return {
      name,
      classname: 'dependencies',
      file: null,
      line: null,
      status: isFailed ? ('failed' as const) : ('passed' as const),
      durationMs: 0,
      message: isFailed ? `${words.length} times: ${words[0] ?? ''}`.slice(0, 500) : null,
      details: isFailed ? words.slice(0, 200).join('\n') : null,
      stdout: null,
      stderr: null,
    };
  });
  const failed = cases.filter(({ status }) => status === 'failed').length;
  const counts = {
    total: cases.length,
    passed: cases.length - failed,
    failed,
    errored: 0,
    skipped: 0,
    durationMs: 0,
  };
  const rest = { file: null, timestamp: null, cases, stdout: null, stderr: null };
  return { ...counts, suites: [{ ...counts, name: 'Dependencies', ...rest }] };
}
