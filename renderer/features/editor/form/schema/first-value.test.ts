import { describe, expect, it } from 'vitest';
import { firstValue } from './first-value.ts';
import { pipelineShapes } from './pipeline-shapes.ts';

const { file, stage } = pipelineShapes();

describe('what a section holds once it is added', () => {
  it('is the example of a list', () => {
    expect(firstValue(stage.get('artifacts')!)).toEqual([{ name: 'package', paths: 'dist/**' }]);
  });

  it('is one thing by its name, with what it cannot do without', () => {
    expect(firstValue(file.get('inputs')!)).toEqual({ input: {} });
  });

  it('is nothing where a field asks for the value', () => {
    expect(firstValue(stage.get('timeout')!)).toBeNull();
    expect(firstValue(stage.get('env')!)).toBeNull();
  });
});
