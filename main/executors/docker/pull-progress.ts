import { formatSize } from '#shared/lib/sizes.ts';

/** One message of the daemon while it fetches an image. */
export interface PullMessage {
  readonly id?: string;
  readonly status?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
  readonly error?: string;
}

/** Of a layer, what a log needs; the rest is drawn on a terminal many times a second. */
const LAYER_LINES = new Set(['Pull complete', 'Already exists', 'Retrying']);

const BYTES_EVERY_MS = 2_000;

/**
 * Makes lines for a log out of the messages of a pull: each layer once, and every two seconds how far it is.
 * @param nowMs a clock that only goes forward
 */
export function createPullProgress(nowMs: () => number): (message: PullMessage) => string | null {
  const layers = new Map<string, { readonly current: number; readonly total: number }>();
  let saidAt = nowMs();
  return ({ id, status = '', progressDetail }) => {
    const isLayer = id !== undefined && /^[0-9a-f]{12}$/.test(id);
    if (!isLayer) return /^(Digest|Status|Pulling from)/.test(status) ? status : null;
    if (status === 'Downloading' && progressDetail?.total !== undefined) {
      layers.set(id, { current: progressDetail.current ?? 0, total: progressDetail.total });
      if (nowMs() - saidAt < BYTES_EVERY_MS) return null;
      saidAt = nowMs();
      return downloaded([...layers.values()]);
    }
    return LAYER_LINES.has(status) || status.startsWith('Retrying') ? `${id}: ${status}` : null;
  };
}

function downloaded(layers: readonly { readonly current: number; readonly total: number }[]): string {
  const current = layers.reduce((sum, layer) => sum + layer.current, 0);
  const total = layers.reduce((sum, layer) => sum + layer.total, 0);
  return `Downloading: ${formatSize(current)} of ${formatSize(total)}`;
}
