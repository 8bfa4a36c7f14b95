import type { Against } from '../text/diff/other-text.ts';

/** What a file can be compared with, as it stands in menus. */
export const COMPARISONS: readonly { readonly against: Against; readonly label: string }[] = [
  { against: 'saved', label: 'Compare with what was saved' },
  { against: 'head', label: 'Compare with the last commit' },
  { against: 'disk', label: 'Compare with the file on disk' },
];
