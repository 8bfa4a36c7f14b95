/**
 * Reads a `.dockerignore`. The answer says of a path, relative with forward slashes, whether it stays out of the build;
 * as with Docker, the last pattern that fits a path or a folder above it decides, and `!` takes one back in.
 */
export function readDockerIgnore(text: string): (path: string) => boolean {
  const rules = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(readRule)
    .filter((rule) => rule !== null);
  return (path) => rules.reduce((isOut, rule) => (rule.pattern.test(path) ? rule.leavesOut : isOut), false);
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
