// Reads the report FILE as FORMAT, or with `baseline` in a third argument does the least that any reader must, and prints
// milliseconds, the longest time that the event loop was held, and the peak of memory. A process of its own for each: memory
// that one reader has freed would count for the next.
import { readFileSync } from 'node:fs';
import { SaxesParser } from 'saxes';
import { createReports } from '#main/reports/reports.ts';

const [file, format, mode] = process.argv.slice(2);
const bytes = readFileSync(file);

const { ms, heldMs } = mode === 'baseline' ? timeBaseline() : await timeReader();
console.log(JSON.stringify({ ms, heldMs, peakBytes: process.resourceUsage().maxRSS * 1024 }));

async function timeReader() {
  let heldMs = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    heldMs = Math.max(heldMs, now - last);
    last = now;
  }, 1);
  const startedAt = performance.now();
  const { signal } = new AbortController();
  const { form } = await createReports().parse(bytes, format, 'report', { workspace: '/work' }, signal);
  const ms = performance.now() - startedAt;
  clearInterval(timer);
  if (form === null) throw new Error('The report was refused.');
  return { ms, heldMs: Math.max(heldMs, performance.now() - last) };
}

/** XML through the bare parser, JSON through JSON.parse, lines cut. */
function timeBaseline() {
  const startedAt = performance.now();
  const text = bytes.toString('utf8');
  if (text.startsWith('<')) {
    const parser = new SaxesParser();
    for (const event of ['opentag', 'closetag', 'text', 'cdata']) parser.on(event, () => undefined);
    parser.write(text).close();
  } else if (text.startsWith('{')) JSON.parse(text);
  else text.split('\n');
  return { ms: performance.now() - startedAt, heldMs: 0 };
}
