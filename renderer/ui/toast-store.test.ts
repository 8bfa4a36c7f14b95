import { afterEach, describe, expect, it } from 'vitest';
import { dismissToast, showToast, useToasts } from './toast-store.ts';

const titles = (): string[] => useToasts.getState().toasts.map(({ title }) => title);

describe('toasts', () => {
  afterEach(() => useToasts.setState({ toasts: [] }));

  it('replaces a message of the same key instead of adding one', () => {
    showToast({ key: 'run', title: 'Run started' });
    showToast({ title: 'Copied' });
    showToast({ key: 'run', title: 'Run failed' });
    expect(titles()).toEqual(['Copied', 'Run failed']);
  });

  it('shows four at most, the newest', () => {
    for (const title of ['a', 'b', 'c', 'd', 'e']) showToast({ title });
    expect(titles()).toEqual(['b', 'c', 'd', 'e']);
  });

  it('forgets what was dismissed', () => {
    showToast({ key: 'x', title: 'x' });
    dismissToast('x');
    expect(titles()).toEqual([]);
  });
});
