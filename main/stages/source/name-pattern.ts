/** A glob over names of branches and tags: `*` stays between slashes, `**` does not, `?` is one character. */
export function namePattern(glob: string): (name: string) => boolean {
  const source = glob.replaceAll(/\*{2,}|[\s\S]/g, (part) => {
    if (part.length > 1) return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    return part.replace(/[\\^$.|+()[\]{}/]/, '\\$&');
  });
  const pattern = new RegExp(`^${source}$`, 'su');
  return (name) => pattern.test(name);
}

/** The names that one of the patterns takes, but for those that one with `!` before it does. */
export function matchNames<Item extends { readonly name: string }>(
  items: readonly Item[],
  patterns: readonly string[],
): readonly Item[] {
  const wanted = patterns.filter((one) => !one.startsWith('!')).map(namePattern);
  const unwanted = patterns.filter((one) => one.startsWith('!')).map((one) => namePattern(one.slice(1)));
  return items.filter(
    ({ name }) => wanted.some((takes) => takes(name)) && !unwanted.some((takes) => takes(name)),
  );
}
