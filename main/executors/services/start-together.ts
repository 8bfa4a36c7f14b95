/**
 * Starts several things beside each other; when one fails, the others are given up. Whoever asked removes what was made.
 * @param starts each rejects soon after its signal aborts
 * @returns what they came to, in their order, when all have settled. Rejects likewise, with the reason of the first that
 * failed, or that of `signal`.
 */
export async function startTogether<Value>(
  starts: readonly ((signal: AbortSignal) => Promise<Value>)[],
  signal: AbortSignal,
): Promise<readonly Value[]> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const results = await Promise.allSettled(
    starts.map(async (start) => {
      try {
        return await start(either);
      } catch (error) {
        failed.abort(error);
        throw error;
      }
    }),
  );
  either.throwIfAborted();
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}
