import { beforeEach, expect, it } from 'vitest';
import { projectIdOf } from '#shared/lib/ids.ts';
import { breakpointsOf, renameBreakpoint, toggleBreakpoints, useBreakpoints } from './breakpoints.ts';

const place = { projectId: projectIdOf('p'), file: 'pipewright.yml' };
const other = { ...place, file: '.pipewright/release.yml' };
const stages = (of = place): readonly string[] => breakpointsOf(useBreakpoints.getState(), of);

beforeEach(() => useBreakpoints.setState({ byFile: {} }));

it('sets breakpoints on all stages that are chosen, and removes them when all have one', () => {
  expect(toggleBreakpoints(place, ['unit'])).toBe(true);
  expect(toggleBreakpoints(place, ['unit', 'lint'])).toBe(true);
  expect(stages()).toEqual(['unit', 'lint']);
  expect(stages(other)).toEqual([]);
  expect(toggleBreakpoints(place, ['unit', 'lint'])).toBe(false);
  expect(useBreakpoints.getState().byFile).toEqual({});
});

it('lets a breakpoint go with the name of its stage', () => {
  toggleBreakpoints(place, ['unit', 'lint']);
  renameBreakpoint(place, 'unit', 'test');
  renameBreakpoint(place, 'gone', 'back');
  expect(stages()).toEqual(['test', 'lint']);
});
