import { CommitParser } from 'conventional-commits-parser';
import { inc, parse, prerelease, type ReleaseType } from 'semver';

/** A commit as conventional commits write it. */
export interface ReleaseCommit {
  readonly hash: string;
  /** `feat`, `fix`, …; null: it follows no convention. */
  readonly type: string | null;
  readonly scope: string | null;
  readonly subject: string;
  /** What it breaks, in words; null: nothing. */
  readonly breaking: string | null;
}

export type Bump = 'major' | 'minor' | 'patch';

const parser = new CommitParser({
  headerPattern: /^(\w+)(?:\(([^()]*)\))?!?: (.*)$/,
  breakingHeaderPattern: /^(\w+)(?:\(([^()]*)\))?!: (.*)$/,
  headerCorrespondence: ['type', 'scope', 'subject'],
  noteKeywords: ['BREAKING CHANGE', 'BREAKING-CHANGE'],
});

const MAX_MESSAGE_CHARS = 20_000;

export function readCommit(hash: string, message: string): ReleaseCommit {
  const text = message.slice(0, MAX_MESSAGE_CHARS).trim();
  const header = text.split('\n', 1)[0] ?? '';
  if (text === '') return { hash, type: null, scope: null, subject: '', breaking: null };
  const { type, scope, subject, notes } = parser.parse(text);
  return {
    hash,
    type: type?.toLowerCase() ?? null,
    scope: scope ?? null,
    subject: subject ?? header,
    breaking: notes[0]?.text ?? null,
  };
}

/** How far commits raise a version; null: nothing in them reaches those who use it. */
export function bumpOf(commits: readonly ReleaseCommit[]): Bump | null {
  if (commits.some(({ breaking }) => breaking !== null)) return 'major';
  if (commits.some(({ type }) => type === 'feat')) return 'minor';
  const reaches = new Set(['fix', 'perf', 'revert']);
  return commits.some(({ type }) => type !== null && reaches.has(type)) ? 'patch' : null;
}

/**
 * The version after another one. Before 1.0.0 what breaks raises the minor part: nothing is promised yet.
 * @param preid of a prerelease, such as `beta`: 1.3.0-beta.0, then 1.3.0-beta.1; '' for none
 */
export function nextVersion(last: string, bump: Bump, preid = ''): string {
  const current = parse(last, {}, true);
  const real: Bump = current.major === 0 && bump === 'major' ? 'minor' : bump;
  const isSameSeries = preid !== '' && prerelease(last)?.[0] === preid;
  const release: ReleaseType = preid === '' ? real : isSameSeries ? 'prerelease' : `pre${real}`;
  return (preid === '' ? inc(current, release) : inc(current, release, preid)) ?? last;
}

const SECTIONS: readonly (readonly [title: string, of: (commit: ReleaseCommit) => boolean])[] = [
  ['Breaking changes', ({ breaking }) => breaking !== null],
  ['Features', ({ type }) => type === 'feat'],
  ['Fixes', ({ type }) => type === 'fix'],
  ['Performance', ({ type }) => type === 'perf'],
  ['Reverts', ({ type }) => type === 'revert'],
];

/** Release notes in Markdown. @param date ISO 8601, the day of it */
export function releaseNotes(version: string, date: string, commits: readonly ReleaseCommit[]): string {
  const lines = [`## ${version} (${date})`, ''];
  for (const [title, isOf] of SECTIONS) {
    const found = commits.filter(isOf);
    if (found.length === 0) continue;
    lines.push(`### ${title}`, '');
    for (const commit of found) lines.push(lineOf(commit, title === 'Breaking changes'));
    lines.push('');
  }
  if (lines.length === 2) lines.push('No changes that reach those who use it.', '');
  return lines.join('\n');
}

/** What stands in a commit is text, not Markdown. */
const plain = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[\]<>]/g, String.raw`\$&`)
    .trim();

function lineOf({ hash, scope, subject, breaking }: ReleaseCommit, saysBreaking: boolean): string {
  const said = saysBreaking && breaking !== null && breaking !== '' ? breaking : subject;
  return `- ${scope === null ? '' : `**${plain(scope)}:** `}${plain(said)} (${hash.slice(0, 7)})`;
}
