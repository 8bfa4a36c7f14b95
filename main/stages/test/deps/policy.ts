import semver from 'semver';
import type { FoundProblem } from '../findings/make-report.ts';
import type { Lock, LockedPackage } from './locked-package.ts';

export interface DepsPolicy {
  /** Hosts or URLs; empty: any. */
  readonly registries: readonly string[];
  readonly banned: readonly {
    readonly package: string;
    readonly reason: string;
    readonly instead?: string | undefined;
  }[];
  /** Packages that may run scripts when they are installed; null: all may. */
  readonly scripts: readonly string[] | null;
  readonly deprecated: 'fail' | 'show';
}

/** What is looked at, in the order of the report. */
export const DEPS_RULES = {
  'lock-fits': 'the lock file fits to the manifest',
  integrity: 'each package is pinned with a checksum',
  registry: 'each package comes from an allowed registry',
  banned: 'no package is banned',
  deprecated: 'no package is deprecated',
  'install-script': 'only known packages run scripts when they are installed',
} as const;
export type DepsRule = keyof typeof DEPS_RULES;

export type DepsProblem = FoundProblem & { readonly ruleId: DepsRule };

/** What of a lock file is against the policy. */
export function judgeLock({ file, packages, drift }: Lock, policy: DepsPolicy): readonly DepsProblem[] {
  const problems: DepsProblem[] = drift.map((message) => ({
    ruleId: 'lock-fits',
    severity: 'high',
    message: `${message}.`,
    file,
  }));
  for (const one of packages) {
    const add = (ruleId: DepsRule, severity: FoundProblem['severity'], message: string): void => {
      problems.push({
        ruleId,
        severity,
        message: `${one.name} ${message}.`,
        file,
        package: `${one.name}@${one.version}`,
      });
    };
    if (!one.hasIntegrity && !isGit(one)) add('integrity', 'high', 'has no checksum of SHA-256 or better');
    if (!isAllowed(one, policy.registries)) {
      add('registry', 'high', `comes from ${hostOf(one.url) ?? one.url}, which is not allowed`);
    }
    for (const ban of policy.banned) {
      if (!matches(one, ban.package)) continue;
      const instead = ban.instead === undefined ? '' : `; use ${ban.instead}`;
      add('banned', 'high', `is banned: ${ban.reason}${instead}`);
    }
    if (one.deprecated !== null) {
      add('deprecated', policy.deprecated === 'fail' ? 'high' : 'low', `is deprecated: ${one.deprecated}`);
    }
    if (one.runsScripts && policy.scripts !== null && !policy.scripts.some((known) => matches(one, known))) {
      add('install-script', 'high', 'runs a script when it is installed, and is not among `install-scripts`');
    }
  }
  return problems;
}

/** Pinned by a commit instead. */
const isGit = ({ url }: LockedPackage): boolean => /^git[+:]/.test(url ?? '');

function hostOf(url: string | null): string | null {
  return url !== null && URL.canParse(url) ? new URL(url).host : null;
}

/** A host alone, or a URL that those of the packages begin with. A lock that names no place is the tool's own default. */
function isAllowed({ url }: LockedPackage, registries: readonly string[]): boolean {
  if (registries.length === 0 || url === null) return true;
  return registries.some((registry) =>
    registry.includes('://') ? url.startsWith(registry.replace(/\/*$/, '/')) : hostOf(url) === registry,
  );
}

/** `name`, or `name@range`. */
export function matches(
  { name, version }: Pick<LockedPackage, 'name' | 'version'>,
  pattern: string,
): boolean {
  const at = pattern.indexOf('@', 1);
  if (at < 0) return name === pattern;
  if (name !== pattern.slice(0, at)) return false;
  return semver.satisfies(version, pattern.slice(at + 1), { includePrerelease: true });
}
