import type { Operation } from '../edits/operation.ts';
import type { Place, ValuePath } from '../source-map.ts';
import type { ExplainedFile } from './explained-file.ts';

/** `warning`: likely to hurt one day. `hint`: could be better, and may be meant as it is. */
export type ExplanationSeverity = 'warning' | 'hint';

/** Operations that do what an explanation proposes; afterwards it is silent. */
export interface Fix {
  /** A verb first: `Add a timeout of 30m`. */
  readonly title: string;
  readonly operations: readonly Operation[];
}

/** What a valid pipeline could do better, why, and how. */
export interface Explanation {
  /** Of its rule; stable, kebab-case. `# pipewright-ignore: <code>` silences it. */
  readonly code: string;
  readonly severity: ExplanationSeverity;
  /** One sentence without a full stop. Never holds the value of a secret. */
  readonly message: string;
  /** One or two sentences. */
  readonly why: string;
  readonly place: Place;
  /** The value that it is about: where the file writes it, which may be in a template. */
  readonly valuePath: ValuePath;
  /** The stage that it is in; null in a template, and elsewhere in the file. */
  readonly stage: string | null;
  readonly fixes: readonly Fix[];
}

/** What a rule finds. */
export interface Finding {
  /** As the pipeline has it; what a template brings is shown in the template. */
  readonly path: ValuePath;
  /** Where to point: at the key (the default), or at the value. */
  readonly at?: 'key' | 'value';
  readonly message: string;
  readonly fixes?: readonly Fix[];
}

/** One thing to explain. Rules are pure, and quiet where they cannot be sure. */
export interface Rule {
  readonly code: string;
  readonly severity: ExplanationSeverity;
  /** What it finds, for lists: `A stage uses the network without a time limit`. */
  readonly summary: string;
  readonly why: string;
  find(file: ExplainedFile): Iterable<Finding>;
}
