import { describe, expect, it } from 'vitest';
import { coverageRatio } from '#shared/reports/coverage.ts';
import { coverageRows, type CoverageWishes } from './coverage-rows.ts';
import { coverageTree, type CoveredFile } from './coverage-tree.ts';

const file = (path: string, covered: number, total: number): CoveredFile => ({
  path,
  lines: coverageRatio(covered, total),
  branches: coverageRatio(0, 0),
  functions: coverageRatio(0, 0),
  hasLines: true,
});
const root = coverageTree([
  file('index.ts', 1, 1),
  file('src/main/app/a.ts', 2, 10),
  file('src/main/app/b.ts', 9, 10),
  file('src/main/empty.ts', 0, 0),
]);
const wishes: CoverageWishes = {
  layout: 'tree',
  sort: 'name',
  direction: 'ascending',
  text: '',
  isOpen: () => true,
};
const names = (more: Partial<CoverageWishes>) =>
  coverageRows(root, { ...wishes, ...more }).map(({ node, level }) => `${'  '.repeat(level)}${node.name}`);

describe('coverageTree', () => {
  it('sums folders, and joins those that hold nothing but one other', () => {
    expect(root.lines).toEqual({ covered: 12, total: 21, pct: 57.14 });
    expect(root.children[0]).toMatchObject({ key: 'src/main/', name: 'src/main', fileCount: 3 });
  });

  it('takes a report without files', () => {
    expect(coverageTree([])).toMatchObject({ children: [], fileCount: 0, lines: { pct: null } });
  });
});

describe('coverageRows', () => {
  it('lists folders before files, and what is in those that are open', () => {
    expect(names({})).toEqual(['src/main', '  app', '    a.ts', '    b.ts', '  empty.ts', 'index.ts']);
    expect(names({ isOpen: (key) => key === 'src/main/' })).toEqual([
      'src/main',
      '  app',
      '  empty.ts',
      'index.ts',
    ]);
  });

  it('sorts by the least covered, with what has nothing to cover last', () => {
    expect(names({ layout: 'files', sort: 'pct' })).toEqual(['a.ts', 'b.ts', 'index.ts', 'empty.ts']);
    expect(names({ layout: 'files', sort: 'pct', direction: 'descending' })).toEqual([
      'index.ts',
      'b.ts',
      'a.ts',
      'empty.ts',
    ]);
    expect(names({ layout: 'files', sort: 'missed', direction: 'descending' })[0]).toBe('a.ts');
  });

  it('shows the files whose path holds the text, with their folders open', () => {
    expect(names({ text: 'APP/A', isOpen: () => false })).toEqual(['src/main', '  app', '    a.ts']);
    expect(names({ text: 'nothing' })).toEqual([]);
  });
});
