import { expandMatrix, MatrixProblem } from '../../expand-matrix.ts';
import type { PipelineMatrix } from '../../pipeline.ts';
import type { Rule } from '../explanation.ts';

/** More legs than this at once take every place that runs have. */
const MAX_LEGS = 12;
const MAX_PARALLEL = 4;

export const wideMatrix: Rule = {
  code: 'wide-matrix',
  severity: 'hint',
  summary: 'A matrix has many legs, and nothing limits how many run at once',
  why: 'Its legs take every place that the machine has for running stages, and other stages and other runs wait until the last of them has started.',
  *find(file) {
    if (file.pipeline.maxParallel !== null) return;
    for (const stage of file.stages) {
      const { matrix } = stage.stage;
      if (matrix === null || matrix.maxParallel !== null) continue;
      const legs = countLegs(matrix);
      if (legs <= MAX_LEGS) continue;
      const path = [...stage.path, 'matrix'];
      const written = file.writtenPath(path);
      const value = MAX_PARALLEL;
      yield {
        path,
        message: `All ${legs} legs may run at once`,
        fixes:
          written === null
            ? []
            : [
                {
                  title: `Run at most ${MAX_PARALLEL} at once`,
                  operations: [{ type: 'set-field', path: [...written, 'max-parallel'], value }],
                },
              ],
      };
    }
  },
};

/** 0 where it is not known before the run. */
function countLegs({ definition }: PipelineMatrix): number {
  if (JSON.stringify(definition).includes('${{')) return 0;
  try {
    return expandMatrix(definition).length;
  } catch (error) {
    if (error instanceof MatrixProblem) return 0;
    throw error;
  }
}
