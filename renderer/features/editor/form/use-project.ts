import { useRoute } from '#renderer/ui/navigation/navigate.ts';
import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import type { CatalogKind } from '#shared/api/procedures/kind.ts';
import type { ProjectId } from '#shared/lib/ids.ts';

/** The project whose file is open; null where no project is in view. */
export function useProjectId(): ProjectId | null {
  const route = useRoute();
  return 'projectId' in route && route.projectId !== undefined ? route.projectId : null;
}

const NO_KINDS: readonly CatalogKind[] = [];

/** The stage catalog; empty until it has come. */
export function useKinds(): readonly CatalogKind[] {
  const { client } = useBridge();
  const projectId = useProjectId();
  const kinds = useRemote(['kinds', projectId ?? ''], (signal) =>
    client.kind.list(projectId === null ? undefined : { projectId }, { signal }),
  );
  return kinds.status === 'ready' ? kinds.value : NO_KINDS;
}

/** The names of the secrets that a run of the project can read, in alphabetical order; null until they have come. */
export function useSecretNames(): readonly string[] | null {
  const { client } = useBridge();
  const projectId = useProjectId();
  const secrets = useRemote(projectId === null ? null : ['secrets', 'names', projectId], (signal) =>
    client.secret.list({ projectId: projectId! }, { signal }),
  );
  return secrets.status === 'ready' ? [...new Set(secrets.value.map(({ name }) => name))].sort() : null;
}

export interface MatchCount {
  readonly count: number;
  readonly files: readonly string[];
  readonly isPartial: boolean;
}

/** What globs match in the project's folder now; null until that is known, or where it cannot be. */
export function useMatches(globs: readonly string[]): MatchCount | null {
  const { client } = useBridge();
  const projectId = useProjectId();
  const asked = globs.filter((glob) => glob.trim() !== '' && !glob.includes('${{')).slice(0, 50);
  const isAskable = projectId !== null && asked.some((glob) => !glob.startsWith('!'));
  const matches = useRemote(isAskable ? ['files', projectId, ...asked] : null, (signal) =>
    client.project.matchFiles({ projectId: projectId!, globs: asked }, { signal }),
  );
  return matches.status === 'ready' ? matches.value : null;
}
