import type { ProjectFacts } from './project-facts.ts';

/** A first pipeline for a kind of project. */
export interface PipelineTemplate {
  readonly id: string;
  /** Two or three words. */
  readonly title: string;
  /** One line: what the pipeline does. */
  readonly summary: string;
  /** What else a search finds it by. */
  readonly keywords: readonly string[];
  /** Of several that fit a project, a higher one comes first. */
  readonly rank: number;
  /** What in the project speaks for it, such as `package.json with a test script`; null when nothing does. */
  reason(facts: ProjectFacts): string | null;
  /** The text of the file, for any project: what is not there is left to whoever edits it, with a comment. */
  write(facts: ProjectFacts): string;
}
