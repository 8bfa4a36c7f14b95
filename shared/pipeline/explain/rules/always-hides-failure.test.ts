import { describeRule } from '#test/support/explain/describe-rule.ts';
import { alwaysHidesFailure } from './always-hides-failure.ts';

const chain = (report: string, ship: string): string =>
  `stages:\n  unit: { run: npm test }\n  report: { needs: unit, run: make report, ${report} }\n  ship: { run: make, ${ship} }\n`;

describeRule(alwaysHidesFailure, {
  fires: {
    'a deployment that always runs':
      'stages: { a: { run: make }, b: { needs: a, run: ./deploy.sh, if: always() } }\n',
    'a condition of a template':
      'templates: { t: { if: always() } }\nstages: { a: { run: make }, b: { extends: t, needs: a, run: ./deploy.sh } }\n',
    'one that looks at something else':
      'stages: { a: { run: make }, b: { needs: a, run: ./deploy.sh, if: "always() && git.branch == \'main\'" } }\n',
    'a stage behind one that always runs': chain('if: always()', 'needs: report'),
  },
  quiet: {
    'a report that always runs': chain('if: always()', 'needs: unit'),
    'a deployment that looks at what was before':
      'stages: { a: { run: make }, b: { needs: a, run: ./deploy.sh, if: "always() && needs.a.result == \'succeeded\'" } }\n',
    'a stage that needs what failed, too': chain('if: always()', 'needs: [report, unit]'),
    'a stage that asks itself': chain('if: always()', 'needs: report, if: failure()'),
    'a stage behind one that looks': chain('if: "always() && needs.unit.result"', 'needs: report'),
  },
});
