import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { glob } from 'tinyglobby';
import type { Issue } from '#shared/lib/issue.ts';
import { formatSize } from '#shared/lib/sizes.ts';
import { MAX_REPORT_BYTES, reportIssue } from './report-issue.ts';

/** File systems stamp a file with a clock that lags a little behind. */
const CLOCK_SLACK_MS = 100;
const NEVER = ['**/node_modules/**', '**/.git/**'];

export interface ReportFile {
  /** Relative to the workspace, with forward slashes. */
  readonly relative: string;
  /** Symbolic links resolved. */
  readonly absolute: string;
}

function leavesWorkspace(pattern: string): boolean {
  const plain = pattern.replace(/^!/, '').replaceAll('\\', '/');
  return plain.startsWith('/') || /^[A-Za-z]:/.test(plain) || plain.split('/').includes('..');
}

function isInside(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}

/** One glob's files, refused ones as issues. */
async function inspect(
  workspace: string,
  relative: string,
  since: Date | null,
): Promise<ReportFile | Issue | 'stale'> {
  const absolute = await realpath(path.join(workspace, relative));
  if (!isInside(workspace, absolute)) {
    return reportIssue(
      relative,
      'report-outside-workspace',
      'The report is a link that leads out of the workspace, and was not read.',
    );
  }
  const { size, mtimeMs } = await stat(absolute);
  if (since && mtimeMs < since.getTime() - CLOCK_SLACK_MS) return 'stale';
  if (size > MAX_REPORT_BYTES) {
    const limit = `${formatSize(size)}, more than the ${formatSize(MAX_REPORT_BYTES)} that are read`;
    return reportIssue(relative, 'report-too-large', `The report has ${limit}.`);
  }
  return { relative, absolute };
}

/**
 * Finds the files that globs name in a workspace, each file once, sorted. A leading `!` excludes; `node_modules` and `.git` are never searched.
 * A glob without files is a warning; one that leaves the workspace, or a link that does, is an error; neither throws.
 * @param since files older than this are left over from something else and do not count
 */
export async function findReportFiles(
  workspace: string,
  globs: readonly string[],
  since: Date | null,
  signal: AbortSignal,
): Promise<{ readonly files: readonly ReportFile[]; readonly issues: readonly Issue[] }> {
  const root = await realpath(workspace);
  const files = new Map<string, ReportFile>();
  const issues: Issue[] = [];
  const seen = new Set<string>();
  const excluded = globs.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  for (const pattern of globs.filter((each) => !each.startsWith('!'))) {
    signal.throwIfAborted();
    if (leavesWorkspace(pattern)) {
      const hint = 'write it relative to the workspace';
      issues.push(
        reportIssue(pattern, 'report-outside-workspace', 'The glob leaves the workspace.', { hint }),
      );
      continue;
    }
    const matches = await glob(pattern.replaceAll('\\', '/'), {
      cwd: root,
      ignore: [...NEVER, ...excluded],
      dot: true,
      followSymbolicLinks: false,
      expandDirectories: false,
      signal,
    });
    let stale = 0;
    for (const relative of matches.sort()) {
      const found = await inspect(root, relative, since);
      if (found === 'stale') stale += 1;
      else if ('code' in found) {
        if (!seen.has(relative)) issues.push(found);
      } else files.set(found.absolute, found);
      seen.add(relative);
    }
    if (stale === matches.length) issues.push(nothingFound(pattern, stale));
  }
  return { files: [...files.values()], issues };
}

function nothingFound(pattern: string, stale: number): Issue {
  const message =
    stale === 0
      ? `No report file matches "${pattern}".`
      : `All ${stale} files that match "${pattern}" are older than this attempt, so they are not its reports.`;
  return reportIssue(pattern, 'no-reports-found', message, {
    severity: 'warning',
    hint: 'check where the test tool writes its report',
  });
}
