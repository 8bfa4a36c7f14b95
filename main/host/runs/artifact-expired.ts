import type { StoredArtifact } from '#main/store/runs.ts';
import { AppError } from '#shared/lib/app-error.ts';

/** What is said when someone asks for the content of an artifact that is only listed any more. */
export function artifactExpired({ artifact: { name }, expiresAt }: StoredArtifact): AppError {
  const when = expiresAt === null ? '' : ` on ${new Date(expiresAt).toISOString().slice(0, 10)}`;
  return new AppError('artifact-not-found', `Artifact ${name} expired${when}: its \`retention\` was over.`, {
    hint: 'Run its stage again; a pinned run keeps its artifacts.',
  });
}
