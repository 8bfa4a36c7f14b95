import { lstat, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
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

/** A file that a glob named: fit to be read, refused with an issue, too old, or not there. */
async function inspect(
  workspace: string,
  relative: string,
  since: Date | null,
): Promise<ReportFile | Issue | 'stale' | 'missing'> {
  const at = path.join(workspace, relative);
  const absolute = await realpath(at).catch(() => null);
  const found = absolute === null ? undefined : await stat(absolute).catch(() => undefined);
  if (absolute === null || !found?.isFile()) return 'missing';
  if (!isInside(workspace, absolute)) {
    const message = 'The report is a link that leads out of the workspace, and was not read.';
    return reportIssue(relative, 'report-outside-workspace', message);
  }
  if (since && found.mtimeMs < since.getTime() - CLOCK_SLACK_MS) return 'stale';
  if (found.size > MAX_REPORT_BYTES) {
    const size = `${formatSize(found.size)}, more than the ${formatSize(MAX_REPORT_BYTES)} that are read`;
    return reportIssue(relative, 'report-too-large', `The report has ${size}.`);
  }
  return { relative, absolute };
}

async function match(
  root: string,
  pattern: string,
  excluded: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const slashed = pattern.replaceAll('\\', '/');
  const ignore = [...NEVER, ...excluded];
  const options = {
    cwd: root,
    ignore,
    dot: true,
    followSymbolicLinks: false,
    expandDirectories: false,
    signal,
  };
  const matches = await glob(slashed, options);
  // Globs pass over links; a link that is named outright is looked at.
  if (matches.length > 0 || isDynamicPattern(slashed)) return matches.sort();
  const found = await lstat(path.join(root, slashed)).catch(() => null);
  return found?.isSymbolicLink() ? [slashed] : [];
}

/**
 * Finds the files that globs name in a workspace, each file once, sorted. A leading `!` excludes; `node_modules` and `.git` are never searched,
 * links are not followed by globs.
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
    const count = { fit: 0, stale: 0, refused: 0 };
    for (const relative of await match(root, pattern, excluded, signal)) {
      const found = await inspect(root, relative, since);
      if (found === 'missing') continue;
      if (found === 'stale') count.stale += 1;
      else if ('code' in found) {
        count.refused += 1;
        if (!issues.some((issue) => issue.path === relative)) issues.push(found);
      } else {
        count.fit += 1;
        files.set(found.absolute, found);
      }
    }
    if (count.fit + count.refused === 0) issues.push(nothingFound(pattern, count.stale));
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
