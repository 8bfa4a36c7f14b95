import { AppError } from '#shared/lib/app-error.ts';
import { addressFault, publicUrl } from '#shared/lib/repository-address.ts';

/**
 * Refuses an address that a tool would take for an option or for a command to run, or that holds a password: that one would
 * be seen in the list of processes and in the checkout's own configuration.
 * @throws AppError `usage`
 */
export function checkUrl(url: string): void {
  const fault = addressFault(url);
  if (fault === 'no-address') {
    throw new AppError('usage', `"${url}" is no address of a repository.`, {
      hint: 'Give an address with https, ssh, git, svn or file, or the path of a folder.',
    });
  }
  if (fault === 'has-password') {
    throw new AppError('usage', 'The address holds a password.', {
      hint: 'Store it with `pipewright secrets set` and name it in `password: ${{ secrets.NAME }}`.',
    });
  }
}

export { publicUrl };

/**
 * Refuses what Git would not take as a ref, before a tool could take it for something else.
 * @throws AppError `usage`
 */
export function checkRef(ref: string, setting: string): void {
  const isBad =
    ref.startsWith('-') ||
    ref.startsWith('/') ||
    ref.endsWith('/') ||
    ref.endsWith('.') ||
    ref.endsWith('.lock') ||
    ref.includes('..') ||
    ref.includes('@{') ||
    ref.includes('//') ||
    /[\s~^:?*[\\]/.test(ref) ||
    hasControlCharacters(ref);
  if (!isBad) return;
  throw new AppError('usage', `\`${setting}\`: "${ref}" is no name of a branch, a tag or a commit.`, {
    hint: 'Give a branch, a tag, `refs/…`, or the id of a commit.',
  });
}

const hasControlCharacters = (text: string): boolean => /\p{Cc}/u.test(text);
