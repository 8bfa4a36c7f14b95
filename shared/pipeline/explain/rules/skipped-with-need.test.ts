import { describeRule } from '#test/support/explain/describe-rule.ts';
import { skippedWithNeed } from './skipped-with-need.ts';

const file = (scan: string, join: string): string =>
  `inputs: { full: { type: boolean, default: false } }\nstages:\n  build: { run: make }\n  scan: { run: make scan, ${scan} }\n  pack: { run: make pack, ${join} }\n`;

describeRule(skippedWithNeed, {
  fires: {
    'a join of branches of which one may be left out': file('if: inputs.full', 'needs: [build, scan]'),
  },
  quiet: {
    'a stage behind one alone': file('if: inputs.full', 'needs: scan'),
    'a join that says when it runs': file('if: inputs.full', 'needs: [build, scan], if: "!failure()"'),
    'branches that are always there': file('timeout: 5m', 'needs: [build, scan]'),
    'a branch that runs whatever happens': file('if: always()', 'needs: [build, scan]'),
  },
});
