// Makes the icon files from icon.svg with a local Chromium: `node build/icons/render.ts [CHROMIUM]`. The results are committed.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from '@playwright/test';

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024] as const;
const ICO_SIZES: readonly number[] = [16, 24, 32, 48, 64, 128, 256];
/** Types of Apple's icon container whose content is a PNG of that size. */
const ICNS_TYPES: readonly (readonly [string, number])[] = [
  ['icp4', 16],
  ['icp5', 32],
  ['icp6', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
];

/** Windows' container: a directory of entries, then the PNG files. */
function ico(images: ReadonlyMap<number, Buffer>): Buffer {
  const entries = ICO_SIZES.map((size) => ({ size, png: images.get(size)! }));
  const header = Buffer.alloc(6 + 16 * entries.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(entries.length, 4);
  let offset = header.length;
  for (const [index, { size, png }] of entries.entries()) {
    const at = 6 + 16 * index;
    // 0 stands for 256.
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...entries.map(({ png }) => png)]);
}

/** Apple's container: a sequence of type, length and content. */
function icns(images: ReadonlyMap<number, Buffer>): Buffer {
  const chunk = (type: string, content: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.write(type, 'ascii');
    head.writeUInt32BE(content.length + 8, 4);
    return Buffer.concat([head, content]);
  };
  return chunk('icns', Buffer.concat(ICNS_TYPES.map(([type, size]) => chunk(type, images.get(size)!))));
}

const dir = import.meta.dirname;
const svg = await readFile(path.join(dir, 'icon.svg'), 'utf8');
const browser = await chromium.launch({
  executablePath: process.argv[2] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const images = new Map<number, Buffer>();
try {
  const page = await browser.newPage();
  for (const size of SIZES) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(
      `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
    );
    images.set(size, await page.screenshot({ omitBackground: true }));
  }
} finally {
  await browser.close();
}
await mkdir(path.join(dir, 'linux'), { recursive: true });
for (const size of SIZES.filter((each) => each <= 512)) {
  await writeFile(path.join(dir, 'linux', `${size}x${size}.png`), images.get(size)!);
}
await writeFile(path.join(dir, 'icon.ico'), ico(images));
await writeFile(path.join(dir, 'icon.icns'), icns(images));
