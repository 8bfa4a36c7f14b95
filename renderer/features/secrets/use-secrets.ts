import { useBridge, useRemote } from '#renderer/bridge/bridge-context.ts';
import type { Project } from '#shared/api/schemas.ts';
import { mergeSecrets } from './scope-words.ts';

/** Every secret of the listed projects and the global ones, without values. */
export function useSecrets(projects: readonly Project[] | null) {
  const { client } = useBridge();
  const ids = projects?.map(({ id }) => id) ?? [];
  return useRemote(projects === null ? null : ['secrets', ...ids], async (signal) => {
    const lists = ids.map((projectId) => client.secret.list({ projectId }, { signal }));
    return mergeSecrets(await Promise.all([client.secret.list({}, { signal }), ...lists]));
  });
}
