import { existsSync } from 'node:fs';
import path from 'node:path';
import type { KindContext } from '#main/engine/kind-ports.ts';
import { type Coverage, sumCoverage } from '#shared/reports/coverage.ts';
import type { TestReport } from '#shared/reports/test-report.ts';

interface Results {
  readonly tests: TestReport | null;
  readonly coverage: Coverage | null;
}

/**
 * Results whose paths are relative to the workspace: runners write them relative to where they ran, or absolute as they see
 * them there.
 */
export function withWorkspacePaths(
  { workspace, cwd, seen }: Pick<KindContext, 'workspace' | 'cwd' | 'seen'>,
  { tests, coverage }: Results,
): Results {
  const known = new Map<string, string>();
  const roots = [seen.workspace, workspace].map((root) => root.replaceAll('\\', '/'));
  const move = (file: string): string => {
    const slashed = file.replaceAll('\\', '/');
    const root = roots.find((one) => slashed.startsWith(`${one}/`));
    if (root !== undefined) return slashed.slice(root.length + 1);
    if (path.posix.isAbsolute(slashed) || path.win32.isAbsolute(slashed)) return file;
    const inCwd = path.join(cwd, slashed);
    const isOfCwd = !existsSync(path.join(workspace, slashed)) && existsSync(inCwd);
    return isOfCwd ? path.relative(workspace, inCwd).replaceAll(path.sep, '/') : slashed;
  };
  const pathOf = (file: string): string => {
    const found = known.get(file) ?? move(file);
    known.set(file, found);
    return found;
  };
  const own = <T extends { readonly file: string | null }>(one: T): T =>
    one.file === null ? one : { ...one, file: pathOf(one.file) };
  return {
    tests: tests && {
      ...tests,
      suites: tests.suites.map((suite) => ({ ...own(suite), cases: suite.cases.map(own) })),
    },
    coverage: coverage && sumCoverage(coverage.files.map((file) => ({ ...file, path: pathOf(file.path) }))),
  };
}
