import type { Artifacts } from '#main/engine/ports.ts';
import type { Blobs } from './blobs.ts';
import { collectArtifact } from './collect.ts';
import { placeArtifact } from './place.ts';

/** The engine's port over a store of blobs. */
export function createArtifacts(blobs: Blobs): Artifacts {
  return {
    collect: (workspace, artifact, signal) => collectArtifact(blobs, workspace, artifact, signal),
    place: (...words) => placeArtifact(blobs, ...words),
  };
}
