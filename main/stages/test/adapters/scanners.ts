import { z } from 'zod';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { readJson } from './json.ts';
import { hasFile } from './project-file.ts';
import { keepAll, type Scan, type Scanner, severityOf, severityOfScore } from './scan.ts';

/** Files by which scanners know what a project is made of. */
const LOCKS = [
  ...[
    'package-lock.json',
    'npm-shrinkwrap.json',
    'yarn.lock',
    'pnpm-lock.yaml',
    'requirements.txt',
    'poetry.lock',
  ],
  ...['Pipfile.lock', 'uv.lock', 'Cargo.lock', 'go.mod', 'Gemfile.lock', 'composer.lock', 'pom.xml'],
  ...['gradle.lockfile', 'mix.lock', 'pubspec.lock', 'packages.lock.json', 'conan.lock'],
];
const hasLock = (context: KindContext): Promise<boolean> => hasFile(context, ...LOCKS);

const osvSchema = z.object({
  results: z
    .array(
      z.object({
        source: z.object({ path: z.string() }),
        packages: z.array(
          z.object({
            package: z.object({ name: z.string(), version: z.string().optional() }),
            groups: z
              .array(z.object({ ids: z.array(z.string()), max_severity: z.string().optional() }))
              .optional(),
            vulnerabilities: z
              .array(
                z.object({
                  id: z.string(),
                  aliases: z.array(z.string()).nullish(),
                  summary: z.string().optional(),
                  database_specific: z.object({ severity: z.string().optional() }).nullish(),
                  affected: z
                    .array(
                      z.object({
                        package: z.object({ name: z.string() }).optional(),
                        ranges: z
                          .array(z.object({ events: z.array(z.object({ fixed: z.string().optional() })) }))
                          .optional(),
                      }),
                    )
                    .nullish(),
                }),
              )
              .optional(),
          }),
        ),
      }),
    )
    .nullable(),
});

export const osvScanner = (scan: Scan): Scanner => ({
  adapter: {
    tool: {
      name: 'osv-scanner',
      bins: ['osv-scanner'],
      install: 'brew install osv-scanner',
      minVersion: '2.0',
    },
    fits: hasLock,
    argv: ({ args }) => ['scan', 'source', '--format=json', '--all-packages', '--recursive', ...args, '.'],
    // 128: it found no package, so there was nothing to look up.
    exit: { 0: 'clean', 1: 'findings' },
    reports: [{ from: 'stdout', format: (text) => readOsv(scan, text) }],
  },
});

export function readOsv(scan: Scan, text: string): ReturnType<typeof keepAll> {
  const packages = (readJson(text, osvSchema).results ?? []).flatMap(({ source, packages }) =>
    packages.map((one) => ({ ...one, file: source.path })),
  );
  const all = packages.flatMap(({ package: { name, version }, vulnerabilities = [], groups = [], file }) =>
    vulnerabilities.map((one) => {
      const score = Number(groups.find(({ ids }) => ids.includes(one.id))?.max_severity);
      const word = one.database_specific?.severity;
      const fixes = (one.affected ?? [])
        .filter((affected) => affected.package === undefined || affected.package.name === name)
        .flatMap(({ ranges = [] }) =>
          ranges.flatMap(({ events }) => events.flatMap(({ fixed }) => fixed ?? [])),
        );
      return {
        id: one.id,
        aliases: one.aliases ?? [],
        severity: word === undefined && score > 0 ? severityOfScore(score) : severityOf(word),
        name,
        version: version ?? null,
        title: one.summary ?? '',
        url: `https://osv.dev/vulnerability/${encodeURIComponent(one.id)}`,
        fixedIn: fixes.length === 0 ? null : [...new Set(fixes)].join(' or '),
        file,
      };
    }),
  );
  return keepAll(scan, 'osv-scanner', all, packages.length);
}

const trivySchema = z.object({
  Results: z
    .array(
      z.object({
        Target: z.string(),
        Packages: z.array(z.unknown()).optional(),
        Vulnerabilities: z
          .array(
            z.object({
              VulnerabilityID: z.string(),
              PkgName: z.string(),
              InstalledVersion: z.string().optional(),
              FixedVersion: z.string().optional(),
              Severity: z.string(),
              Title: z.string().optional(),
              PrimaryURL: z.string().optional(),
            }),
          )
          .optional(),
      }),
    )
    .optional(),
});

const trivyVersionSchema = z.object({ VulnerabilityDB: z.object({ UpdatedAt: z.string() }).optional() });

export const trivy = (scan: Scan): Scanner => ({
  adapter: {
    tool: { name: 'trivy', bins: ['trivy'], install: 'brew install trivy' },
    fits: hasLock,
    argv: ({ args, runtimeOnly }) => [
      'filesystem',
      '--scanners=vuln',
      '--format=json',
      '--list-all-pkgs',
      '--quiet',
      '--exit-code=0',
      ...(runtimeOnly ? [] : ['--include-dev-deps']),
      ...args,
      '.',
    ],
    exit: { 0: 'clean' },
    reports: [{ from: 'stdout', format: (text) => readTrivy(scan, text) }],
  },
  database: {
    argv: ['version', '--format', 'json'],
    read: (text) => readJson(text, trivyVersionSchema).VulnerabilityDB?.UpdatedAt ?? null,
  },
});

export function readTrivy(scan: Scan, text: string): ReturnType<typeof keepAll> {
  const results = readJson(text, trivySchema).Results ?? [];
  const all = results.flatMap(({ Target, Vulnerabilities = [] }) =>
    Vulnerabilities.map((one) => ({
      id: one.VulnerabilityID,
      aliases: [],
      severity: severityOf(one.Severity),
      name: one.PkgName,
      version: one.InstalledVersion ?? null,
      title: one.Title ?? '',
      url: one.PrimaryURL ?? null,
      fixedIn: one.FixedVersion || null,
      file: Target,
    })),
  );
  return keepAll(
    scan,
    'trivy',
    all,
    results.reduce((sum, { Packages = [] }) => sum + Packages.length, 0),
  );
}

const grypeSchema = z.object({
  matches: z.array(
    z.object({
      vulnerability: z.object({
        id: z.string(),
        dataSource: z.string().optional(),
        severity: z.string(),
        description: z.string().optional(),
        fix: z.object({ versions: z.array(z.string()).optional(), state: z.string() }).optional(),
      }),
      relatedVulnerabilities: z.array(z.object({ id: z.string() })).optional(),
      artifact: z.object({
        name: z.string(),
        version: z.string().optional(),
        locations: z.array(z.object({ path: z.string() })).optional(),
      }),
    }),
  ),
  descriptor: z
    .object({
      db: z
        .object({
          built: z.string().optional(),
          status: z.object({ built: z.string().optional() }).optional(),
        })
        .optional(),
    })
    .optional(),
});

export const grype = (scan: Scan): Scanner => ({
  adapter: {
    tool: { name: 'grype', bins: ['grype'], install: 'brew install grype' },
    fits: hasLock,
    argv: ({ args }) => ['dir:.', '--output=json', '--quiet', ...args],
    exit: { 0: 'clean' },
    reports: [{ from: 'stdout', format: (text) => readGrype(scan, text) }],
    checked: () => null,
  },
});

export function readGrype(scan: Scan, text: string): ReturnType<typeof keepAll> {
  const { matches, descriptor } = readJson(text, grypeSchema);
  scan.databaseAt = descriptor?.db?.status?.built ?? descriptor?.db?.built ?? null;
  const all = matches.map(({ vulnerability, relatedVulnerabilities = [], artifact }) => ({
    id: vulnerability.id,
    aliases: relatedVulnerabilities.map(({ id }) => id),
    severity: severityOf(vulnerability.severity),
    name: artifact.name,
    version: artifact.version ?? null,
    title: vulnerability.description ?? '',
    url: vulnerability.dataSource ?? null,
    fixedIn: vulnerability.fix?.versions?.join(' or ') || null,
    file: artifact.locations?.[0]?.path.replace(/^\/+/, '') ?? null,
  }));
  return keepAll(scan, 'grype', all, null);
}
