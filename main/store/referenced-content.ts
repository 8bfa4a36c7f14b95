import type { Database } from 'better-sqlite3';
import type { ReusableResult } from '#main/engine/ports.ts';
import { type RunId, runIdOf, type StageId } from '#shared/lib/ids.ts';
import type { RunEvent } from '#shared/run/events.ts';

/** Names an artifact of a run. */
export interface ArtifactKey {
  readonly runId: RunId;
  readonly stage: StageId;
  readonly name: string;
}

/** What is about to go, and so keeps nothing. */
export interface GoingReferences {
  readonly runs: ReadonlySet<RunId>;
  readonly artifacts: readonly ArtifactKey[];
  /** Ids of caches. */
  readonly caches: ReadonlySet<number>;
  /** Remembered results that were not used since go; epoch milliseconds. */
  readonly resultsBefore: number;
}

const HASH = /\b[0-9a-f]{64}\b/g;
const keyOf = (runId: string, stage: string, name: string): string => [runId, stage, name].join('\0');

/**
 * Makes the function that finds the hashes of all content that something refers to: events, remembered results, caches, the
 * local repository.
 * What looks like a hash in an event counts, whatever the event is, so that an event that this code does not know loses
 * nothing; only artifacts that have expired do not count. A result does not keep artifacts that have a retention of their
 * own: when they are gone, its stage runs again.
 */
export function createReferencedContent(db: Database): (going: GoingReferences) => Set<string> {
  const selectEvents = db.prepare<[], { runId: string; body: string }>(
    `SELECT run_id AS runId, body FROM events WHERE body GLOB '*"[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]*'`,
  );
  const selectExpired = db.prepare<[], ArtifactKey>(
    'SELECT run_id AS runId, stage, name FROM artifacts WHERE expired_at IS NOT NULL',
  );
  const selectResults = db
    .prepare<[number], string>('SELECT result FROM fingerprints WHERE used_at >= ?')
    .pluck();
  const selectCaches = db.prepare<[], { id: number; sha256: string }>('SELECT id, sha256 FROM caches');

  const selectPublished = db
    .prepare<[], string>(
      `SELECT sha256 FROM repository_versions UNION SELECT sbom FROM repository_versions WHERE sbom IS NOT NULL
       UNION SELECT provenance FROM repository_versions WHERE provenance IS NOT NULL UNION SELECT body FROM artifact_records`,
    )
    .pluck();

  return (going) => {
    const found = new Set<string>();
    const addAll = (text: string): void => {
      for (const [hash] of text.matchAll(HASH)) found.add(hash);
    };
    for (const { id, sha256 } of selectCaches.all()) if (!going.caches.has(id)) found.add(sha256);
    for (const text of selectResults.all(going.resultsBefore)) {
      const { artifacts, ...rest } = JSON.parse(text) as ReusableResult;
      addAll(JSON.stringify([rest, artifacts.filter(({ retentionMs }) => retentionMs === undefined)]));
    }
    for (const text of selectPublished.all()) addAll(text);
    const expired = new Set<string>();
    const withExpired = new Set<string>();
    for (const { runId, stage, name } of [...selectExpired.all(), ...going.artifacts]) {
      expired.add(keyOf(runId, stage, name));
      withExpired.add(runId);
    }
    for (const { runId, body } of selectEvents.iterate()) {
      if (going.runs.has(runIdOf(runId))) continue;
      addAll(withExpired.has(runId) ? withoutExpired(body, expired) : body);
    }
    return found;
  };
}

/** The event without what names expired artifacts. */
function withoutExpired(body: string, expired: ReadonlySet<string>): string {
  const event = JSON.parse(body) as RunEvent;
  if (event.type === 'artifact-stored') {
    return expired.has(keyOf(event.runId, event.stage, event.artifact.name)) ? '' : body;
  }
  if (event.type !== 'stage-reused') return body;
  const artifacts = event.from.artifacts.filter(
    ({ name }) => !expired.has(keyOf(event.runId, event.stage, name)),
  );
  return JSON.stringify({ ...event, from: { ...event.from, artifacts } });
}
