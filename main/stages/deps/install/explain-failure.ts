/** What a failed installation was about. */
export type InstallFault = 'drift' | 'integrity' | 'network' | 'other';

const PATTERNS: readonly (readonly [Exclude<InstallFault, 'other'>, RegExp])[] = [
  [
    'integrity',
    /EINTEGRITY|integrity checksum failed|ERR_PNPM_TARBALL_INTEGRITY|DO NOT MATCH THE HASHES|do not match the hashes|checksum mismatch|SECURITY ERROR|checksum for .* changed|Integrity check failed|hash mismatch|YN0018|failed to verify the checksum/i,
  ],
  [
    'drift',
    /in sync|ERR_PNPM_OUTDATED_LOCKFILE|OUTDATED_LOCKFILE|lockfile needs to be updated|lock file .* needs to be updated|lockfile would have been modified|YN0028|lockfile had changes|--locked was passed|updates to go\.(mod|sum)|missing go\.sum entry|not up to date with|changed significantly since poetry\.lock|dependencies in your gemfile changed|In --require-hashes mode/i,
  ],
  [
    'network',
    /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|getaddrinfo|network is unreachable|could ?n[o']t resolve|failed to (download|fetch)|connection (refused|reset|timed out)|ENOTCACHED|offline mode|dial tcp|max retries exceeded|NewConnectionError|NameResolutionError|ConnectTimeoutError|ReadTimeoutError|connection aborted|failure in name resolution|name or service not known|nodename nor servname|E5\d\d|could not transfer/i,
  ],
];

/** Tells from what a manager wrote why it failed. */
export const faultOf = (said: string): InstallFault =>
  PATTERNS.find(([, pattern]) => pattern.test(said))?.[0] ?? 'other';
