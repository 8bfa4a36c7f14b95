import { expect, it } from 'vitest';
import { openStore } from './open-store.ts';
import { tempStore } from './store-fixture.ts';

it('keeps settings for every host on the data folder', () => {
  using temp = tempStore();
  const { settings } = temp.store;
  expect(settings.get('theme')).toBeUndefined();
  settings.set('theme', { mode: 'dark' });
  settings.set('sampleOffered', true);
  const other = openStore(temp.dataDir);
  expect(other.settings.get('theme')).toEqual({ mode: 'dark' });
  other.settings.set('theme', undefined);
  other.close();
  expect(settings.get('theme')).toBeUndefined();
  expect(settings.get('sampleOffered')).toBe(true);
});
