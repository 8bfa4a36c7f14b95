import type { FilesToCheck, FileTool } from '../findings/file-tool.ts';

/** What tools that review documentation get. */
export interface DocsFiles extends FilesToCheck {
  /** Words that are no mistakes. */
  readonly words: readonly string[];
  /** Where the documented code begins; empty: as its configuration says. */
  readonly entryPoints: readonly string[];
}

export type DocsTool = FileTool<DocsFiles>;
