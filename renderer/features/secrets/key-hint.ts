import type { KeyKeeping } from '#shared/api/procedures/secret.ts';

/** What it means that the key is kept where it is, or why that cannot be changed. */
export function keyHint({ place, obstacle }: KeyKeeping): string {
  if (obstacle !== null) return obstacle;
  return place === 'keychain'
    ? 'Only this application can open the secrets; turn this off for pipewright in a terminal, Git hooks and serve.'
    : 'Now it is a file in the data folder, which whoever may read your files can use.';
}
