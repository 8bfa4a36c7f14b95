import type { Finding } from '#shared/reports/findings.ts';
import { finding } from '../../tools/forms.ts';

/** Where a report of one package begins; older versions leave the type out. */
const HEAD = /^Dependency convergence error for ([\w.-]+):([\w.-]+)(?::[\w.-]+)* paths to dependency are:?/;
/** `+-group:artifact:type[:classifier]:version[:scope]`, with what older versions leave out. */
const NODE = /^\s*\+-([\w.-]+):([\w.-]+):([\w.:-]+)$/;
const SCOPES = new Set(['compile', 'runtime', 'provided', 'system', 'test', 'import']);
const RAN = /maven-enforcer-plugin|enforcer:[\w.]+:enforce|RequireUpperBoundDeps|DependencyConvergence/i;

/** What Maven's enforcer says of packages that are asked for in several versions. */
export interface Convergence {
  /** Whether the rule was looked at, at all. */
  readonly hasRun: boolean;
  readonly conflicts: readonly Finding[];
}

/** Reads what `enforcer:enforce -Drules=dependencyConvergence` printed. */
export function readConvergence(text: string): Convergence {
  const versions = new Map<string, Set<string>>();
  let about: string | null = null;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.replace(/^\[(?:ERROR|WARNING|INFO)\] ?/, '');
    const head = HEAD.exec(line.trim());
    if (head !== null) {
      about = `${head[1]}:${head[2]}`;
      versions.set(about, versions.get(about) ?? new Set());
      continue;
    }
    const [, group, name, rest = ''] = NODE.exec(line) ?? [];
    if (about === null || `${group}:${name}` !== about) continue;
    versions.get(about)?.add(versionOf(rest));
  }
  return {
    hasRun: RAN.test(text),
    conflicts: [...versions].map(([name, all]) => conflictOf(name, [...all])),
  };
}

/** The last part that is no scope. */
function versionOf(rest: string): string {
  const parts = rest.split(':');
  if (SCOPES.has(parts.at(-1) ?? '')) parts.pop();
  return parts.at(-1) ?? '';
}

function conflictOf(name: string, versions: readonly string[]): Finding {
  return finding({
    ...{ tool: 'mvn', ruleId: 'convergence', severity: 'high', file: 'pom.xml', package: name },
    message: `${name} is asked for in ${versions.length} versions: ${versions.join(', ')}.`,
  });
}
