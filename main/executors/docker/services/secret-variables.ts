import { AppError } from '#shared/lib/app-error.ts';

/**
 * Takes variables from standard input and then becomes the command of the image: a container's configuration can be
 * looked up by all who may use Docker, and stays in its files for as long as the container does. The first line is passed by:
 * Podman begins with the body of the request that has attached.
 */
const SCRIPT =
  'read -r request; variables=$(cat) && eval "$variables" && unset variables request && exec "$@" </dev/null';

/** The entry point that stands before the container's own words. */
export const SECRETS_ENTRYPOINT: readonly string[] = ['/bin/sh', '-c', SCRIPT, 'sh'];

/**
 * What the entry point reads; '' for no variables.
 * @throws AppError `place-failed` for a name that no shell can set
 */
export function secretVariables(service: string, variables: Readonly<Record<string, string>>): string {
  const lines = Object.entries(variables).map(([name, value]) => {
    if (!/^[A-Za-z_]\w*$/.test(name)) {
      const message = `The variable "${name}" of service ${service} holds a secret, but its name is none that a shell can set.`;
      const hint = 'Name it with letters, digits and `_` only.';
      throw new AppError('place-failed', message, { hint });
    }
    return `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`;
  });
  return lines.length === 0 ? '' : ['\n', ...lines].join('');
}
