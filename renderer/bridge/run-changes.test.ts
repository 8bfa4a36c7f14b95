import { describe, expect, it } from 'vitest';
import type { RunSummary } from '#shared/api/schemas.ts';
import { projectIdOf, runIdOf } from '#shared/lib/ids.ts';
import type { RunStatus } from '#shared/run/status.ts';
import { finishedWords } from './finished-words.ts';
import { createFinishDetector } from './run-changes.ts';

const OPENED = '2026-01-01T12:00:00.000Z';

function run(status: RunStatus, finishedAt: string | null = null, id = 'r1'): RunSummary {
  return {
    id: runIdOf(id),
    number: 128,
    name: 'Release',
    projectId: projectIdOf('p1'),
    projectDir: '/shop',
    pipelineFile: 'pipewright.yml',
    status,
    trigger: 'manual',
    git: null,
    createdAt: OPENED,
    startedAt: OPENED,
    finishedAt,
    durationMs: finishedAt === null ? null : 83_000,
    stageCount: 9,
    finishedStageCount: 9,
    failedStageCount: status === 'failed' ? 2 : 0,
    tests: null,
    pinned: false,
  };
}

function detect(...batches: RunSummary[][]): string[] {
  const finished: string[] = [];
  const detector = createFinishDetector(OPENED, (ended) => finished.push(`${ended.id} ${ended.status}`));
  for (const batch of batches) detector(batch);
  return finished;
}

describe('createFinishDetector', () => {
  it('tells once of a run that was seen running and ended', () => {
    const after = '2026-01-01T12:01:00.000Z';
    expect(detect([run('running')], [run('failed', after)], [run('failed', after)])).toEqual(['r1 failed']);
  });

  it('tells of a run that was too short to be seen running', () => {
    expect(detect([run('succeeded', '2026-01-01T12:00:01.000Z')])).toEqual(['r1 succeeded']);
  });

  it('keeps quiet about runs that ended before the window was opened', () => {
    expect(detect([run('succeeded', '2026-01-01T11:59:59.000Z')])).toEqual([]);
  });
});

describe('finishedWords', () => {
  it('names the run, its outcome, its stages and how long it took', () => {
    expect(finishedWords(run('failed', '2026-01-01T12:01:23.000Z'))).toEqual({
      title: 'Release #128 failed',
      body: '9 of 9 stages, 2 failed in 1m 23s',
    });
  });
});
