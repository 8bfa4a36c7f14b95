const PER_ROW = 16;

/** Bytes as a hex editor shows them: offset, 16 bytes, and the characters that can be printed. */
export function hexRows(bytes: Uint8Array): string {
  const rows: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += PER_ROW) {
    const row = [...bytes.subarray(offset, offset + PER_ROW)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const characters = row
      .map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '·'))
      .join('');
    rows.push(`${offset.toString(16).padStart(8, '0')}  ${hex.padEnd(PER_ROW * 3 - 1)}  ${characters}`);
  }
  return rows.join('\n');
}
