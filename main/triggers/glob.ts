/**
 * A glob as a regular expression over paths with forward slashes: `*` and `?` stay inside of a folder, `**` does not,
 * `[a-z]` is one character, `{a,b}` a choice.
 */
export function globToRegExp(glob: string): RegExp {
  const text = glob.replace(/^\.\//, '');
  let source = '';
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index]!;
    if (char === '*' && text[index + 1] === '*') {
      const isFolders = text[index + 2] === '/' && (index === 0 || text[index - 1] === '/');
      source += isFolders ? '(?:.*/)?' : '.*';
      index += isFolders ? 2 : 1;
    } else if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else if (char === '[' && text.indexOf(']', index + 2) > 0) {
      const end = text.indexOf(']', index + 2);
      const inside = text
        .slice(index + 1, end)
        .replace(/^[!^]/, '^')
        .replaceAll('\\', '\\\\')
        .replaceAll('[', '\\[');
      source += `[${inside}]`;
      index = end;
    } else if (char === '{' && text.includes('}', index)) {
      source += '(?:';
      depth += 1;
    } else if (char === '}' && depth > 0) {
      source += ')';
      depth -= 1;
    } else if (char === ',' && depth > 0) source += '|';
    else source += char.replace(/[\\^$.|+()[\]{}]/, '\\$&');
  }
  try {
    return new RegExp(`^${source}${')'.repeat(depth)}$`);
  } catch {
    // A class such as `[z-a]`: it stands for itself.
    return new RegExp(`^${text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')}$`);
  }
}

/**
 * Whether a name is chosen by a list of globs; the last one that matches decides, and a leading `!` excludes.
 * A list of exclusions alone chooses everything else.
 */
export function createMatcher(globs: readonly string[]): (name: string) => boolean {
  const rules = globs.map((glob) => ({
    includes: !glob.startsWith('!'),
    pattern: globToRegExp(glob.replace(/^!/, '')),
  }));
  const initially = rules.length > 0 && rules.every(({ includes }) => !includes);
  return (name) => rules.findLast(({ pattern }) => pattern.test(name))?.includes ?? initially;
}

/** The folder that all matches of a glob lie in; empty for the root. */
export function baseOf(glob: string): string {
  const parts = glob.replace(/^!?(\.\/)?/, '').split('/');
  const wild = parts.findIndex((part) => /[*?[{]/.test(part));
  return parts.slice(0, wild < 0 ? parts.length : wild).join('/');
}
