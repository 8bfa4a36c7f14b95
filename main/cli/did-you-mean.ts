import { createSuggest } from '#shared/pipeline/suggest.ts';

/** A hint that names what was probably meant, else the given way out. */
export function didYouMean(word: string, candidates: Iterable<string>, otherwise: string): string {
  const close = createSuggest()(word, candidates);
  return close === null ? otherwise : `Did you mean ${close}?`;
}
