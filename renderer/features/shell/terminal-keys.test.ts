import { expect, it } from 'vitest';
import { terminalKey } from './terminal-keys.ts';

const NONE = { ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, type: 'keydown' };
const CTRL_C = { ...NONE, key: 'c', ctrlKey: true };

it('copies with Ctrl+C where something is selected, and interrupts otherwise', () => {
  expect(terminalKey(CTRL_C, true, false)).toBe('copy');
  expect(terminalKey(CTRL_C, false, false)).toBeNull();
});

it('copies and pastes with Ctrl+Shift, as other terminals do', () => {
  const shift = { ...NONE, ctrlKey: true, shiftKey: true };
  expect(terminalKey({ ...shift, key: 'C' }, false, false)).toBe('copy');
  expect(terminalKey({ ...shift, key: 'V' }, false, false)).toBe('paste');
  expect(terminalKey({ ...NONE, key: 'v', ctrlKey: true }, false, false)).toBeNull();
});

it('leaves Ctrl to the shell on a Mac, and Escape without Shift everywhere', () => {
  expect(terminalKey(CTRL_C, true, true)).toBeNull();
  expect(terminalKey({ ...NONE, key: 'Escape' }, false, false)).toBeNull();
  expect(terminalKey({ ...NONE, key: 'Escape', shiftKey: true }, false, true)).toBe('leave');
  expect(terminalKey({ ...CTRL_C, type: 'keyup' }, true, false)).toBeNull();
});
