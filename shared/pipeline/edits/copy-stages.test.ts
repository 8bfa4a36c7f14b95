import { describe, expect, it } from 'vitest';
import { applyOperation } from './apply-operation.ts';
import { copyStagesFrom } from './copy-stages.ts';

const FILE = `stages:
  install: { run: npm ci }

  # the tests
  unit:
    needs: [install]
    run: npm test # all
`;

describe('copyStagesFrom', () => {
  it('gives stages with their comments as text without their indent', () => {
    expect(copyStagesFrom(FILE, null, ['unit'])).toBe(
      '# the tests\nunit:\n  needs: [install]\n  run: npm test # all\n',
    );
  });

  it('gives what can be pasted under a free name', () => {
    const text = copyStagesFrom(FILE, null, ['unit']) ?? '';
    const pasted = applyOperation(FILE, { type: 'paste-stages', scope: null, text });
    expect(pasted).toMatchObject({ ok: true });
    expect(pasted.ok && pasted.text).toBe(
      `${FILE}\n  # the tests\n  unit-2:\n    needs: [install]\n    run: npm test # all\n`,
    );
  });
});
