/** What the daemon answered, in its own words; else what went wrong with asking it. */
export function dockerSays(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'json' in error) {
    const { json } = error;
    if (typeof json === 'object' && json !== null && 'message' in json && typeof json.message === 'string')
      return json.message.trim();
  }
  return error instanceof Error ? error.message : String(error);
}

/** The HTTP status of the daemon's answer; null when there was none. */
export function dockerStatus(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return null;
  return typeof error.statusCode === 'number' ? error.statusCode : null;
}
