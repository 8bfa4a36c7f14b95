import type { FoundProblem } from '../findings/make-report.ts';

/** A function with its cyclomatic complexity: 1, and 1 for each place where it branches. */
export interface MeasuredFunction {
  /** As the tool wrote it. */
  readonly file: string;
  readonly name: string;
  readonly line: number;
  readonly complexity: number;
}

/** What the tools of one stage measured; their readers add to it. */
export interface Measured {
  readonly maxComplexity: number;
  readonly functions: MeasuredFunction[];
  /** Files that a tool could not read as what they are, as it wrote them. */
  readonly unread: string[];
  /** Of the lines, in percent; null: nobody looked. */
  duplication: number | null;
  /** Lines by language; null: nobody counted. */
  size: ReadonlyMap<string, { files: number; code: number; comments: number }> | null;
}

export const startMeasuring = (maxComplexity: number): Measured => ({
  maxComplexity,
  functions: [],
  unread: [],
  duplication: null,
  size: null,
});

/** The functions over the limit as problems; twice the limit is worse. */
export function tooComplex(functions: readonly MeasuredFunction[], max: number): readonly FoundProblem[] {
  return functions
    .filter(({ complexity }) => complexity > max)
    .map(({ file, name, line, complexity }) => ({
      ruleId: 'complexity',
      severity: complexity > 2 * max ? 'high' : 'medium',
      message: `${name} has a complexity of ${complexity}; ${max} is the most.`,
      file,
      line,
    }));
}
