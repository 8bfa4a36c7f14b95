import type { IssueList } from './issue-list.ts';
import type { SourceMap } from './source-map.ts';
import type { Suggest } from './suggest.ts';

/** What the checks of one file share. */
export interface CheckContext {
  readonly source: SourceMap;
  readonly issues: IssueList;
  readonly suggest: Suggest;
  /** The ids of the catalog's kinds. */
  readonly kinds: ReadonlySet<string>;
}
