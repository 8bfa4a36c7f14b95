import type { KindContext } from '#main/engine/kind-ports.ts';
import { createRepositoryClient, type RepositoryClient } from './repository-client.ts';
import { HG } from './tools.ts';

/** `HGPLAIN` keeps aliases and colours of the user out, `+strictflags` options that hide in other words: those of all commands stand before the command. */
export const createHgClient = (
  context: KindContext,
  retries: number,
  folder = '',
  options: readonly string[] = [],
): Promise<RepositoryClient> =>
  createRepositoryClient(context, HG, {
    in: folder,
    options: ['--noninteractive', ...options],
    env: { HGPLAIN: '+strictflags', HGENCODING: 'UTF-8' },
    retries,
  });
