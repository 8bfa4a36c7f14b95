import type { ValuePath } from '../../source-map.ts';
import { mappingOf } from '../../raw-stages.ts';
import type { ExplainedFile } from '../explained-file.ts';
import { workDoes, type ExplainedStage } from '../explained-stage.ts';
import type { Finding, Rule } from '../explanation.ts';

const KEY = 'continue-on-error';

export const ignoredTests: Rule = {
  code: 'ignored-tests',
  severity: 'warning',
  summary: 'Tests may fail without any consequence',
  why: 'With `continue-on-error` the run goes on and succeeds whatever the tests say, and after a while nobody looks at them. Better take out the test that cannot be relied on, and let the others count.',
  *find(file) {
    for (const stage of file.stages) {
      if (!stage.does('test')) continue;
      if (stage.raw[KEY] === true) yield finding(file, [...stage.path, KEY], undefined);
      else if (stage.raw[KEY] === undefined && file.pipeline.defaults.continueOnError) {
        yield finding(file, stage.path, false);
      } else yield* stepFindings(file, stage);
    }
  },
};

function* stepFindings(file: ExplainedFile, { works, stage }: ExplainedStage): Iterable<Finding> {
  if (stage.body.type !== 'steps') return;
  for (const work of works) {
    const step = work.path.slice(0, -1);
    if (mappingOf(file.valueAt(step))[KEY] === true && workDoes('test', work)) {
      yield finding(file, [...step, KEY], undefined);
    }
  }
}

/** @param value that the key should have: none, or false in a stage where `defaults` say otherwise */
function finding(file: ExplainedFile, path: ValuePath, value: false | undefined): Finding {
  const written = file.writtenPath(path);
  const at = written === null ? null : value === undefined ? written : [...written, KEY];
  return {
    path,
    message: 'These tests may fail, and the run succeeds all the same',
    fixes:
      at === null
        ? []
        : [{ title: 'Let failed tests count', operations: [{ type: 'set-field', path: at, value }] }],
  };
}
