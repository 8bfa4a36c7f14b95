import type { Bridge } from '#renderer/bridge/bridge.ts';
import { stayConnected } from '#renderer/bridge/stay-connected.ts';
import type { ProjectId } from '#shared/lib/ids.ts';
import type { FilePort } from './file-port.ts';

/** A file of a project, by the engine host. */
export function createHostFiles(
  { client, connection }: Pick<Bridge, 'client' | 'connection'>,
  projectId: ProjectId,
  file: string,
): FilePort {
  const where = { projectId, file };
  return {
    file,
    read: () => client.pipeline.read(where),
    write: (text, baseHash, overwrite) => client.pipeline.save({ ...where, text, baseHash, overwrite }),
    follow(listener) {
      const end = new AbortController();
      const { signal } = end;
      void stayConnected(
        // What the host refuses to follow now (its project is gone) it may follow later.
        { connection, signal, outlivesRefusals: true },
        () => client.pipeline.follow(where, { signal }),
        ({ source }) => {
          listener(source);
          return false;
        },
      );
      return () => end.abort();
    },
    readHead: () => client.pipeline.head(where),
    readIncluded: async (path) => (await client.pipeline.readIncluded({ projectId, path })).text,
    listKinds: async () => (await client.kind.list({ projectId })).map(({ id }) => id),
    readDraft: async () => (await client.draft.get(where)).draft,
    async writeDraft(draft) {
      if (draft === null) await client.draft.remove(where);
      else await client.draft.set({ ...where, draft });
    },
    readPlaces: () => client.layout.get(where),
    async writePlaces(places) {
      await client.layout.set({ ...where, places });
    },
  };
}
