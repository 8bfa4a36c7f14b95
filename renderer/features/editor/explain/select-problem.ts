import type { PipelineDocument } from '../document/document-store.ts';
import { filterProblems, problemsOf, stepProblem, type Problem } from './problems.ts';
import { pointAtProblem, setProblemsOpen, useProblemsView } from './problems-store.ts';

/** Chooses the stage and the value that a problem is about, for canvas, form and text. */
export function selectProblem(
  { actions, getState }: PipelineDocument,
  { key, stage, valuePath }: Problem,
  index: number,
): void {
  pointAtProblem({ key, index });
  const scope = valuePath[0] === 'pipelines' ? String(valuePath[1]) : null;
  if (stage !== null && scope !== getState().scope) actions.showScope(scope);
  actions.select(stage === null ? [] : [stage], 'command', valuePath.length === 0 ? null : valuePath);
}

/** Chooses the next of the problems that are listed, or the one before; does nothing where there are none. */
export function goToProblem(document: PipelineDocument, step: 1 | -1): void {
  const view = useProblemsView.getState();
  const problems = filterProblems(problemsOf(document.getState()), view);
  const problem = stepProblem(problems, view.cursor, step);
  if (problem === undefined) return;
  setProblemsOpen(true);
  selectProblem(document, problem, problems.indexOf(problem));
}
