import { AppError } from '#shared/lib/app-error.ts';

/** A place in a registry. */
export interface OciReference {
  /** `https://registry.example`, without a slash at its end. */
  readonly origin: string;
  readonly repository: string;
  /** Null: none was given. */
  readonly tag: string | null;
  /** `registry.example/team/app`. */
  readonly name: string;
}

const REPOSITORY = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/;

export const isTag = (text: string): boolean => TAG.test(text);

/**
 * Reads `host[:port]/repository[:tag]`. It is spoken to by TLS, but on this machine, and where `http://` stands before it.
 * @throws AppError `usage`
 */
export function parseOciReference(text: string, setting: string): OciReference {
  const [, scheme, host = '', rest = ''] = /^(https?:\/\/)?([^/\s@]+)\/(\S+)$/.exec(text) ?? [];
  const colon = rest.lastIndexOf(':');
  const repository = colon === -1 ? rest : rest.slice(0, colon);
  const tag = colon === -1 ? null : rest.slice(colon + 1);
  const isHost = /[.:]/.test(host) || host === 'localhost';
  const isGood =
    isHost &&
    REPOSITORY.test(repository) &&
    (tag === null || TAG.test(tag)) &&
    URL.canParse(`https://${host}`);
  if (!isGood) {
    throw new AppError('usage', `\`${setting}\`: ${JSON.stringify(text)} is no place in a registry.`, {
      hint: 'Write it as registry.example/team/app:1.0.0, all in small letters.',
    });
  }
  const protocol = scheme ?? (LOOPBACK.test(host) ? 'http://' : 'https://');
  return { origin: `${protocol}${host}`, repository, tag, name: `${host}/${repository}` };
}
