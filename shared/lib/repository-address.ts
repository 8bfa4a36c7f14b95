/** Why a text cannot be given to a tool as the address of a repository; null: it can. */
export type AddressFault = 'no-address' | 'has-password' | null;

/**
 * An address that a tool would take for an option or for a command to run is none, and one with a password would show it in
 * the list of processes and in what is stored.
 */
export function addressFault(url: string): AddressFault {
  const isNone =
    url.startsWith('-') ||
    // A host that ssh would take for an option.
    /^[a-z][a-z0-9+.-]*:\/\/([^/@]*@)?-/i.test(url) ||
    /^[a-z][a-z0-9+.-]*::/i.test(url) ||
    /\p{Cc}/u.test(url);
  if (isNone) return 'no-address';
  return /^[a-z][a-z0-9+.-]*:\/\/[^/@]*:[^/@]*@/i.test(url) ? 'has-password' : null;
}

/** An address without the name of a user, for people and for what is stored. */
export const publicUrl = (url: string): string => url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1');
