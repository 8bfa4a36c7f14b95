import { versionOf } from './rsync-version.ts';

/** What a host tells of itself as the connection opens. */
export interface RemoteFacts {
  /** Below it, each run has its folder; absolute. */
  readonly root: string;
  /** What every command inherits there. */
  readonly env: Readonly<Record<string, string>>;
  /** The version that rsync says it is; null: there is none that could be used. */
  readonly rsync: string | null;
  /** How a command gets a session, and so a process group, of its own. */
  readonly setsid: string;
  /** How `find` tells which files were touched: by all that it knows of each, by their times of change, or of content. */
  readonly listing: 'exact' | 'change-times' | 'times';
  /** Of this start of the host; '' where it has none. */
  readonly bootId: string;
}

const PERL = `perl -MPOSIX -e "POSIX::setsid(); exec @ARGV"`;
const PYTHON = `python3 -c "import os, sys; os.setsid(); os.execvp(sys.argv[1], sys.argv[1:])"`;

/** Tells the facts, each ended by a zero byte, and then stays until its input closes: with it the connection ends. */
export const PROBE = `
end='\\000'
printf 'pipewright-facts%b' "$end"
printf '%s%b' "\${XDG_CACHE_HOME:-$HOME/.cache}/pipewright" "$end"
if command -v rsync >/dev/null 2>&1; then rsync --version 2>/dev/null | head -n 1; fi; printf '%b' "$end"
if command -v setsid >/dev/null 2>&1; then printf setsid
elif command -v perl >/dev/null 2>&1; then printf perl
elif command -v python3 >/dev/null 2>&1; then printf python3
fi; printf '%b' "$end"
if find / -prune -printf '%C@ %s %i %p' >/dev/null 2>&1; then printf exact
elif find / -prune -cnewer / >/dev/null 2>&1; then printf change-times; fi; printf '%b' "$end"
cat /proc/sys/kernel/random/boot_id 2>/dev/null; printf '%b' "$end"
{ env -0 2>/dev/null || env | tr '\\n' '\\000'; }
printf 'pipewright-end%b' "$end"
exec cat >/dev/null
`;

const SETSID: Readonly<Record<string, string>> = { setsid: 'setsid', perl: PERL, python3: PYTHON };

/** What tells about this connection, and not about the host. */
const OF_CONNECTION = /^(SSH_(CLIENT|CONNECTION|TTY|ORIGINAL_COMMAND)|_|PWD|OLDPWD|SHLVL)$/;

/** Reads what `PROBE` wrote; null until all of it is there. What a shell's own start files print before it is skipped. */
export function parseFacts(text: string): RemoteFacts | null {
  const begin = text.indexOf('pipewright-facts\0');
  const end = text.indexOf('pipewright-end\0', begin);
  if (begin < 0 || end < 0) return null;
  const [, root = '', rsync = '', setsid = '', listing, boot = '', ...variables] = text
    .slice(begin, end)
    .split('\0');
  const env: Record<string, string> = {};
  for (const variable of variables) {
    const equals = variable.indexOf('=');
    const name = variable.slice(0, equals);
    if (equals > 0 && !OF_CONNECTION.test(name)) env[name] = variable.slice(equals + 1);
  }
  return {
    root,
    env,
    rsync: versionOf(rsync),
    setsid: SETSID[setsid.trim()] ?? '',
    listing: listing === 'exact' || listing === 'change-times' ? listing : 'times',
    bootId: boot.trim(),
  };
}
