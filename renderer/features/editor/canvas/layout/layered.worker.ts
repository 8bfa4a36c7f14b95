import { layeredLayout } from '../scene/layered-layout.ts';
import type { LayoutAnswer, LayoutQuestion } from './request-layout.ts';

self.addEventListener('message', ({ data }: MessageEvent<LayoutQuestion>) => {
  const answer: LayoutAnswer = { id: data.id, places: [...layeredLayout(data.stages)] };
  self.postMessage(answer);
});
