import type { BridgeClient } from '#renderer/bridge/client.ts';
import { plainText } from './ansi-line.ts';
import type { LogRef } from './log-ref.ts';

const PIECE_BYTES = 4_194_304;
const PAGE_LINES = 5_000;

/** The bytes of a log as they are stored, piece by piece, for a download. */
export async function* logPieces(
  client: Pick<BridgeClient, 'log'>,
  ref: LogRef,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let fromByte = 0; ;) {
    const { bytes } = await client.log.bytes({ ...ref, fromByte, maxBytes: PIECE_BYTES });
    if (bytes.size === 0) return;
    yield new Uint8Array(await bytes.arrayBuffer());
    fromByte += bytes.size;
  }
}

/** Lines as one would copy them, without colours; both ends included. */
export async function readLines(
  client: Pick<BridgeClient, 'log'>,
  ref: LogRef,
  fromLine: number,
  toLine: number,
): Promise<string> {
  const texts: string[] = [];
  while (fromLine + texts.length <= toLine) {
    const next = fromLine + texts.length;
    const count = Math.min(PAGE_LINES, toLine - next + 1);
    const { lines } = await client.log.page({ ...ref, fromLine: next, count });
    if (lines.length === 0) break;
    texts.push(...lines.map(({ text }) => plainText(text)));
  }
  return `${texts.join('\n')}\n`;
}
