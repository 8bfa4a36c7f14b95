import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { AppError } from '#shared/lib/app-error.ts';
import type { NormalForm } from '#shared/reports/normal-form.ts';
import { hasFile } from './project-file.ts';
import { readJson } from './json.ts';
import { keepAll, type Scan, type Scanner, severityOf, type Vulnerability } from './scan.ts';

const NPM_LOCKS = ['package-lock.json', 'npm-shrinkwrap.json'];

export const npmAudit = (scan: Scan): Scanner => ({
  adapter: {
    tool: { name: 'npm', bins: ['npm'], install: 'it comes with Node.js' },
    fits: (context) => hasFile(context, ...NPM_LOCKS),
    argv: ({ args, runtimeOnly }) => ['audit', '--json', ...(runtimeOnly ? ['--omit=dev'] : []), ...args],
    // It also ends with 1 when it could not ask; its report tells which.
    exit: { 0: 'clean', 1: 'findings' },
    reports: [{ from: 'stdout', format: (text, { context }) => readAudit(scan, 'npm', text, context) }],
  },
});

export const pnpmAudit = (scan: Scan): Scanner => ({
  adapter: {
    tool: { name: 'pnpm', bins: ['pnpm'], install: 'npm install --global pnpm' },
    fits: (context) => hasFile(context, 'pnpm-lock.yaml'),
    argv: ({ args, runtimeOnly }) => ['audit', '--json', ...(runtimeOnly ? ['--prod'] : []), ...args],
    exit: { 0: 'clean', 1: 'findings' },
    reports: [{ from: 'stdout', format: (text, { context }) => readAudit(scan, 'pnpm', text, context) }],
  },
});

/** audit-ci calls npm, pnpm or Yarn, and hands on what they answer. */
export const auditCi = (scan: Scan): Scanner => ({
  adapter: {
    tool: {
      name: 'audit-ci',
      bins: ['audit-ci'],
      install: 'npm install --save-dev audit-ci',
      isNodePackage: true,
    },
    fits: (context) => hasFile(context, ...NPM_LOCKS, 'pnpm-lock.yaml', 'yarn.lock'),
    argv: ({ args, runtimeOnly }) => [
      '--low',
      '--output-format=json',
      '--report-type=full',
      '--retry-count=1',
      ...(runtimeOnly ? ['--skip-dev'] : []),
      ...args,
    ],
    exit: { 0: 'clean', 1: 'findings' },
    reports: [{ from: 'stdout', format: (text, { context }) => readAudit(scan, 'audit-ci', text, context) }],
  },
});

const viaSchema = z.object({
  source: z.union([z.number(), z.string()]).optional(),
  name: z.string(),
  title: z.string().optional(),
  url: z.string().optional(),
  severity: z.string(),
  range: z.string().optional(),
});

const reportSchema = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      via: z.array(z.union([z.string(), viaSchema])),
      nodes: z.array(z.string()),
      fixAvailable: z.union([z.boolean(), z.object({ name: z.string(), version: z.string() })]),
    }),
  ),
  metadata: z.object({ dependencies: z.object({ total: z.number() }) }),
});

/** What npm 6 and pnpm write. */
const oldSchema = z.object({
  advisories: z.record(
    z.string(),
    z.object({
      id: z.union([z.number(), z.string()]),
      github_advisory_id: z.string().nullish(),
      cves: z.array(z.string()).nullish(),
      module_name: z.string(),
      title: z.string(),
      severity: z.string(),
      url: z.string().nullish(),
      patched_versions: z.string().nullish(),
      findings: z.array(z.object({ version: z.string() })),
    }),
  ),
  metadata: z.object({ totalDependencies: z.number().optional(), dependencies: z.number().optional() }),
});

const faultSchema = z.object({
  message: z.string().optional(),
  error: z.object({
    code: z.string().optional(),
    summary: z.string().optional(),
    message: z.string().optional(),
  }),
});

/** @throws AppError `service-failed` when the advisory database could not be asked, `kind-failed` when npm could not begin */
export function readAudit(
  scan: Scan,
  tool: string,
  text: string,
  context: Pick<KindContext, 'cwd'>,
): readonly NormalForm[] {
  const start = text.indexOf('{');
  const json = start > 0 ? text.slice(start) : text;
  const fault = faultSchema.safeParse(JSON.parse(json));
  if (fault.success) throw faultOf(tool, fault.data);
  const old = oldSchema.safeParse(JSON.parse(json));
  if (old.success) return readOld(scan, tool, old.data);
  const { vulnerabilities, metadata } = readJson(json, reportSchema);
  const versions = versionsIn(context.cwd);
  const all = Object.values(vulnerabilities).flatMap(({ via, nodes, fixAvailable }) =>
    via.flatMap((one) => {
      if (typeof one === 'string') return [];
      // One that is nowhere in particular counts, too.
      const found = nodes.length === 0 ? [null] : [...new Set(nodes.map((node) => versions(node)))];
      const id = idOf(one.url) ?? `npm-${one.source ?? one.name}`;
      return found.map((version): Vulnerability => ({
        id,
        aliases: one.source === undefined ? [] : [String(one.source)],
        severity: severityOf(one.severity),
        name: one.name,
        version,
        title: one.title ?? '',
        url: one.url ?? null,
        fixedIn: fixOf(fixAvailable),
        file: NPM_LOCKS[0] ?? null,
      }));
    }),
  );
  return keepAll(scan, tool, all, metadata.dependencies.total);
}

const idOf = (url: string | null | undefined): string | null =>
  /GHSA(?:-[0-9a-z]{4}){3}/i.exec(url ?? '')?.[0] ?? null;

const fixOf = (fix: boolean | { name: string; version: string }): string | null =>
  fix === true ? 'a newer version' : fix === false ? null : `${fix.name}@${fix.version}`;

function readOld(
  scan: Scan,
  tool: string,
  { advisories, metadata }: z.output<typeof oldSchema>,
): readonly NormalForm[] {
  const all = Object.values(advisories).flatMap((one) =>
    one.findings.map(({ version }): Vulnerability => ({
      id: one.github_advisory_id ?? idOf(one.url) ?? `npm-${one.id}`,
      aliases: [...(one.cves ?? []), String(one.id)],
      severity: severityOf(one.severity),
      name: one.module_name,
      version,
      title: one.title,
      url: one.url ?? null,
      fixedIn: one.patched_versions && one.patched_versions !== '<0.0.0' ? one.patched_versions : null,
      file: null,
    })),
  );
  return keepAll(scan, tool, all, metadata.totalDependencies ?? metadata.dependencies ?? null);
}

function faultOf(tool: string, { message, error }: z.output<typeof faultSchema>): AppError {
  const why = [message, error.summary, error.message].find((text) => text !== undefined && text !== '') ?? '';
  if (['ENOLOCK', 'EAUDITNOLOCK', 'ERR_PNPM_AUDIT_NO_LOCKFILE'].includes(error.code ?? '')) {
    return new AppError('kind-failed', `${tool} has nothing to look up: there is no lock file.`, {
      hint: 'Commit one, or make it in a stage before: npm install --package-lock-only.',
    });
  }
  return new AppError(
    'service-failed',
    `The advisory database could not be asked, so nothing is known of vulnerabilities. ${tool} said: ${why.slice(0, 300)}`,
    {
      hint: 'Look at the network, the proxy and the registry of `npm config get registry`, or use a scanner with data of its own.',
    },
  );
}

const lockSchema = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) });

/** The version of a package by its place in the lock file; null: the lock does not tell. */
function versionsIn(folder: string): (node: string) => string | null {
  for (const name of ['npm-shrinkwrap.json', 'package-lock.json']) {
    try {
      const lock = lockSchema.parse(JSON.parse(readFileSync(path.join(folder, name), 'utf8')));
      return (node) => (Object.hasOwn(lock.packages, node) ? (lock.packages[node]?.version ?? null) : null);
    } catch {
      // The next one, or none: the advisory counts without a version, too.
    }
  }
  return () => null;
}
