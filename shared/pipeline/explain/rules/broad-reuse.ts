import type { Rule } from '../explanation.ts';

export const broadReuse: Rule = {
  code: 'broad-reuse',
  severity: 'hint',
  summary: 'Any change of any file makes a stage run again',
  why: 'Results are reused when none of these files has changed. Where all files count, a change of a text is enough, and nothing is ever reused. Name those that the stage reads.',
  *find({ stages }) {
    for (const { stage, path } of stages) {
      const globs = stage.skipIfUnchanged?.files ?? [];
      if (
        !globs.some((glob) => /^(\.\/)?\*\*(\/\*)?$/.test(glob)) ||
        globs.some((glob) => glob.startsWith('!'))
      )
        continue;
      yield {
        path: [...path, 'skip-if-unchanged'],
        message: 'Every file of the project decides whether it runs again',
      };
    }
  },
};
