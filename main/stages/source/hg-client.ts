import type { KindContext } from '#main/engine/kind-ports.ts';
import { createRepositoryClient, type RepositoryClient } from './repository-client.ts';
import { HG } from './tools.ts';

/** `HGPLAIN` keeps aliases and colours of the user out, `+strictflags` options that hide in other words. */
export const createHgClient = (
  context: KindContext,
  retries: number,
  folder = '',
): Promise<RepositoryClient> =>
  createRepositoryClient(context, HG, {
    in: folder,
    options: ['--noninteractive'],
    env: { HGPLAIN: '+strictflags', HGENCODING: 'UTF-8' },
    retries,
  });
