import { describeRule } from '#test/support/explain/describe-rule.ts';
import { wideMatrix } from './wide-matrix.ts';

const axes = 'a: [1, 2, 3, 4], b: [1, 2, 3, 4]';
const file = (matrix: string, top = ''): string =>
  `${top}stages: { s: { run: make, matrix: { ${matrix} } } }\n`;

describeRule(wideMatrix, {
  fires: { 'many legs at once': file(axes) },
  quiet: {
    'few legs': file('a: [1, 2, 3]'),
    'a limit of the matrix': file(`${axes}, max-parallel: 4`),
    'a limit of the run': file(axes, 'max-parallel: 4\n'),
    'legs that are not known yet':
      'stages: { l: { run: make }, s: { needs: l, run: make, matrix: { a: "${{ fromJSON(needs.l.outputs.x) }}" } } }\n',
  },
});
