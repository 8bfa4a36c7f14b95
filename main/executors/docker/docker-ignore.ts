/** What a `.dockerignore` says. Paths are relative, with forward slashes. */
export interface DockerIgnore {
  /** Whether a file stays out of the build: the last pattern that fits it or a folder above it decides. */
  readonly leavesOut: (path: string) => boolean;
  /** Whether nothing of a folder can be in the build. */
  readonly leavesOutAll: (folder: string) => boolean;
}

/** Reads a `.dockerignore` as Docker does; @balena/dockerignore takes `+`, `(` and `$` of a name for a regular expression's. */
export function readDockerIgnore(text: string): DockerIgnore {
  const rules = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(readRule)
    .filter((rule) => rule !== null);
  const leavesOut = (path: string): boolean =>
    rules.reduce((isOut, rule) => (rule.pattern.test(path) ? rule.leavesOut : isOut), false);
  const takesBack = rules.some((rule) => !rule.leavesOut);
  return { leavesOut, leavesOutAll: (folder) => !takesBack && leavesOut(folder) };
}

interface Rule {
  readonly leavesOut: boolean;
  readonly pattern: RegExp;
}

function readRule(line: string): Rule | null {
  const leavesOut = !line.startsWith('!');
  const path = (leavesOut ? line : line.slice(1).trim())
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
  if (path === '') return null;
  return { leavesOut, pattern: new RegExp(`^${toRegExp(path)}(?:/.*)?$`, 's') };
}

/** The patterns of Go's `filepath.Match`, and `**` for any number of folders. */
function toRegExp(pattern: string): string {
  const token = /\*\*\/|\*\*|\*|\?|\[(?:\\.|[^\]\\])+\]|\\.|[^]/gu;
  return [...pattern.matchAll(token)].map(([part]) => partToRegExp(part)).join('');
}

function partToRegExp(part: string): string {
  if (part === '**/') return '(?:.*/)?';
  if (part === '**') return '.*';
  if (part === '*') return '[^/]*';
  if (part === '?') return '[^/]';
  if (part.startsWith('[') && part.length > 1) return part;
  const plain = part.startsWith('\\') && part.length > 1 ? part.slice(1) : part;
  return plain.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
