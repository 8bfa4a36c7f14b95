import { getIndentation, IndentContext } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { indentationAfter, yamlIndentation } from './indentation.ts';

describe('indentationAfter', () => {
  it.each([
    ['stages:', 2],
    ['  unit:', 4],
    ['  unit: # the fast ones', 4],
    ['    run: |', 6],
    ['    run: >-', 6],
    ['    needs: [', 6],
    ['  - run: |', 6],
    ['  - |', 6],
    ['  - steps:', 6],
  ])('goes further in behind %j', (line, columns) => {
    expect(indentationAfter(line)).toBe(columns);
  });

  it.each([
    ['name: Shop', 0],
    ['    run: npm test', 4],
    ['    echo a:b', 4],
    ['# stages:', 0],
    ['', 0],
  ])('stays level behind %j', (line, columns) => {
    expect(indentationAfter(line)).toBe(columns);
  });

  it.each([
    ['  - name: lint', 4],
    ['  - - a: 1', 6],
  ])('stands level with the key behind the dash of %j', (line, columns) => {
    expect(indentationAfter(line)).toBe(columns);
  });

  it('begins the next item of plain values under the dash', () => {
    expect(indentationAfter('  - main')).toBe(2);
  });
});

describe('the indentation of a new line', () => {
  /** The columns of a line that is begun at the end of the text; null: the language has not said. */
  const columnsAfter = (doc: string, isBroken = true): number | null => {
    const state = EditorState.create({ doc, extensions: [yamlIndentation] });
    const at = doc.length;
    return getIndentation(new IndentContext(state, isBroken ? { simulateBreak: at } : {}), at);
  };

  it('follows the line before, also where the text is broken', () => {
    expect(columnsAfter('stages:\n  unit:')).toBe(4);
    expect(columnsAfter('stages: [\n  unit: |')).toBe(4);
  });

  it('keeps the columns of an empty line', () => {
    expect(columnsAfter('stages:\n   ')).toBe(3);
  });

  it('is left to the language where no line is begun', () => {
    expect(columnsAfter('stages:\n', false)).toBeNull();
  });
});
