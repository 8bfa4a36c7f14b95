import { expect, it } from 'vitest';
import { createPullProgress } from './pull-progress.ts';

const LAYER = '0123456789ab';

it('says what is fetched, each layer once, and every two seconds how far it is', () => {
  let now = 0;
  const lineFor = createPullProgress(() => now);
  const downloading = (current: number): string | null =>
    lineFor({ id: LAYER, status: 'Downloading', progressDetail: { current, total: 4_096 } });
  expect(lineFor({ id: '24', status: 'Pulling from library/node' })).toBe('Pulling from library/node');
  expect(lineFor({ id: LAYER, status: 'Pulling fs layer' })).toBeNull();
  expect(downloading(1)).toBeNull();
  now = 2_000;
  expect(downloading(2_048)).toMatch(/^Downloading: 2.* of 4/);
  expect(downloading(3_000)).toBeNull();
  expect(lineFor({ id: LAYER, status: 'Pull complete' })).toBe(`${LAYER}: Pull complete`);
  expect(lineFor({ status: 'Status: Downloaded newer image for node:24' })).toContain('node:24');
});
