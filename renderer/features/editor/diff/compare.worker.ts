import { compareTexts } from './compare-texts.ts';
import type { ComparisonQuestion, ComparisonReply } from './request-comparison.ts';

self.addEventListener('message', ({ data: { id, before, after } }: MessageEvent<ComparisonQuestion>) => {
  const reply: ComparisonReply = { id, answer: compareTexts(before, after) };
  self.postMessage(reply);
});
