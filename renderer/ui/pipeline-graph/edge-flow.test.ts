import { describe, expect, it } from 'vitest';
import { edgeFlow } from './edge-flow.ts';

describe('edgeFlow', () => {
  it('flows from a stage that ended into one that runs', () => {
    expect(edgeFlow('succeeded', 'running')).toBe('flowing');
  });

  it('waits before a stage that has not started, and in the graph of a file', () => {
    expect(edgeFlow('running', 'pending')).toBe('waiting');
    expect(edgeFlow('succeeded', 'ready')).toBe('waiting');
    expect(edgeFlow(undefined, undefined)).toBe('waiting');
  });

  it('is passed once both ended', () => {
    expect(edgeFlow('succeeded', 'failed')).toBe('passed');
    expect(edgeFlow('failed', 'succeeded')).toBe('passed');
  });

  it('is blocked before a stage that was skipped', () => {
    expect(edgeFlow('failed', 'skipped')).toBe('blocked');
    expect(edgeFlow('skipped', 'skipped')).toBe('blocked');
  });
});
