/** How the content of a package differs from what is expected. */
export interface ContentDifference {
  /** What is expected, but not in it. */
  readonly missing: readonly string[];
  /** What is in it, but not expected. */
  readonly unexpected: readonly string[];
}

/** @param expected paths; one that ends with `/` stands for all below that folder */
export function differenceOf(contents: readonly string[], expected: readonly string[]): ContentDifference {
  const covers = (wish: string, file: string): boolean =>
    wish.endsWith('/') ? file.startsWith(wish) : file === wish;
  return {
    missing: expected.filter((wish) => !contents.some((file) => covers(wish, file))),
    unexpected: contents.filter((file) => !expected.some((wish) => covers(wish, file))),
  };
}
