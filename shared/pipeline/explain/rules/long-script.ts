import type { Rule } from '../explanation.ts';

const MAX_LINES = 40;

export const longScript: Rule = {
  code: 'long-script',
  severity: 'hint',
  summary: 'A long script stands in the pipeline',
  why: 'In a file of its own it can be run and tried without a pipeline, editors and linters know its language, and the pipeline stays readable.',
  *find({ stages }) {
    for (const { works } of stages) {
      for (const { path, content } of works) {
        if (content.type !== 'run') continue;
        const count = content.script.split('\n').filter((line) => line.trim() !== '').length;
        if (count > MAX_LINES)
          yield { path, message: `This script has ${count} lines; a file could hold it` };
      }
    }
  },
};
