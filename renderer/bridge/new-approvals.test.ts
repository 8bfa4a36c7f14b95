import { describe, expect, it } from 'vitest';
import type { WaitingApproval } from '#shared/api/schemas.ts';
import { runIdOf } from '#shared/lib/ids.ts';
import { createApprovalDetector } from './new-approvals.ts';

const waits = (stage: string, requestedAt = '2026-01-01T00:00:00.000Z'): WaitingApproval => ({
  run: { id: runIdOf('0000000000000run') } as WaitingApproval['run'],
  stage,
  message: '',
  allowed: [],
  requestedAt,
  expiresAt: null,
});

describe('createApprovalDetector', () => {
  it('tells of what joined and not of what waited before', () => {
    const detect = createApprovalDetector();
    expect(detect([waits('a')])).toEqual([]);
    expect(detect([waits('a'), waits('b')])).toEqual([waits('b')]);
    expect(detect([waits('a'), waits('b')])).toEqual([]);
  });

  it('tells again of a stage that asks again', () => {
    const detect = createApprovalDetector();
    detect([waits('a')]);
    detect([]);
    expect(detect([waits('a', '2026-01-02T00:00:00.000Z')])).toHaveLength(1);
  });
});
