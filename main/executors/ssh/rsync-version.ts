/** From here on `--modify-window=-1` compares times to the nanosecond. */
const LEAST = [3, 1, 3];

/**
 * The version that rsync tells of itself, when it is one that can be used; macOS brings other programs by that name
 * (rsync 2.6.9, openrsync), and they are passed by.
 */
export function versionOf(text: string): string | null {
  const version = /^rsync +version +v?(\d+(?:\.\d+)*)/.exec(text)?.[1];
  if (version === undefined) return null;
  const parts = version.split('.').map(Number);
  for (const [index, least] of LEAST.entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return part > least ? version : null;
  }
  return version;
}
