import type { Store } from '#main/store/open-store.ts';
import type { StoredFile } from '#main/store/report-body/coverage-body.ts';
import type { CoverageView, FileLines } from '#shared/api/report-schemas.ts';
import type { RunSummary } from '#shared/api/schemas.ts';
import type { RunId } from '#shared/lib/ids.ts';
import type { Coverage, FileCoverage } from '#shared/reports/coverage.ts';
import { mergeCoverage } from '#shared/reports/merge-coverage.ts';
import { patchCoverage } from '#shared/reports/patch-coverage.ts';
import { earlierRun } from './earlier-run.ts';
import { type Patch, type PatchHost, patchOf } from './patch.ts';
import { pointOf } from './run-point.ts';
import { readRunFile } from './run-files.ts';

type Hits = NonNullable<FileCoverage['hits']>;
type Ratios = Pick<Coverage, 'lines' | 'branches' | 'functions'>;

/** The coverage of a run; lines are read when they are asked for. */
interface RunCoverage extends Ratios {
  readonly files: readonly (Omit<FileCoverage, 'hits'> & { readonly hasLines: boolean })[];
  hits(paths: ReadonlySet<string>): ReadonlyMap<string, Hits>;
}

/** Null when no stage of the run reported coverage. @throws AppError `run-not-found` */
export async function viewCoverage(
  host: PatchHost,
  runId: RunId,
  signal: AbortSignal,
): Promise<CoverageView | null> {
  const { store } = host;
  const run = store.runs.get(runId);
  const coverage = readCoverage(store, runId);
  if (coverage === null) return null;
  const { lines, branches, functions, files } = coverage;
  const before = earlierRun(store, runId, ({ id }) => store.reports.latest(id, 'coverage').length > 0);
  const ratios = before && ratiosOf(store, before.id);
  return {
    ...{ lines, branches, functions, files: [...files] },
    before: before && ratios && { run: pointOf(before), lines: ratios.lines, branches: ratios.branches },
    patch: await viewPatch(host, run, coverage, signal),
  };
}

/** The lines of one file with its text; a file that no report names has no hits. @throws AppError `run-not-found` */
export async function viewFileLines(
  host: PatchHost,
  runId: RunId,
  path: string,
  signal: AbortSignal,
): Promise<FileLines> {
  const run = host.store.runs.get(runId);
  const hits =
    readCoverage(host.store, runId)
      ?.hits(new Set([path]))
      .get(path) ?? [];
  const [patch, text] = await Promise.all([
    patchOf(host, run, signal),
    readRunFile(host, runId, path, signal),
  ]);
  const changed = patch ? changedOf(patch, path, hits) : [];
  return { path, hits, changed: [...changed], text };
}

async function viewPatch(
  host: PatchHost,
  run: RunSummary,
  coverage: RunCoverage,
  signal: AbortSignal,
): Promise<CoverageView['patch']> {
  if (!coverage.files.some(({ hasLines }) => hasLines)) return null;
  const patch = await patchOf(host, run, signal);
  if (patch === null) return null;
  const touched = coverage.files.filter(({ path }) => patch.lines.has(path) || patch.newFiles.has(path));
  const hits = coverage.hits(new Set(touched.map(({ path }) => path)));
  const files = touched.map((file) => ({ ...file, hits: hits.get(file.path) ?? [] }));
  const changed = new Map(files.map((file) => [file.path, changedOf(patch, file.path, file.hits)] as const));
  const covered = patchCoverage({ files }, changed);
  if (covered === null || covered.lines.total === 0) return null;
  return {
    base: patch.base,
    lines: covered.lines,
    files: covered.files.map(({ path, lines }) => ({ path, lines })),
  };
}

function changedOf({ lines, newFiles }: Patch, path: string, hits: Hits): readonly number[] {
  return newFiles.has(path) ? hits.map(([line]) => line) : (lines.get(path) ?? []);
}

/** Figures alone; null when the run has no coverage. */
export function ratiosOf(store: Pick<Store, 'reports'>, runId: RunId): Ratios | null {
  const heads = store.reports.latest(runId, 'coverage');
  const [only, ...others] = heads;
  if (only === undefined) return null;
  if (others.length === 0) return only.head;
  return mergeCoverage(heads.map((head) => store.reports.whole(head).report));
}

export function readCoverage(store: Pick<Store, 'reports'>, runId: RunId): RunCoverage | null {
  const heads = store.reports.latest(runId, 'coverage');
  const [only, ...others] = heads;
  if (only === undefined) return null;
  if (others.length > 0)
    return wholeCoverage(mergeCoverage(heads.map((head) => store.reports.whole(head).report)));
  const files = store.reports.files(only.id);
  const { lines, branches, functions } = only.head;
  return {
    ...{ lines, branches, functions },
    files: files.map(listed),
    hits: (paths) =>
      store.reports.hits(
        only.id,
        files.filter(({ path }) => paths.has(path)),
      ),
  };
}

const listed = ({ path, lines, branches, functions, part }: StoredFile): RunCoverage['files'][number] => ({
  ...{ path, lines, branches, functions },
  hasLines: part !== 0,
});

function wholeCoverage({ lines, branches, functions, files }: Coverage): RunCoverage {
  return {
    ...{ lines, branches, functions },
    files: files.map(({ hits, ...file }) => ({ ...file, hasLines: hits !== undefined })),
    hits: (paths) =>
      new Map(files.filter(({ path }) => paths.has(path)).map(({ path, hits = [] }) => [path, hits])),
  };
}
