import { describe, expect, it } from 'vitest';
import { tempStore } from '#main/store/store-fixture.ts';
import { createRepository } from './create-repository.ts';

const DAY_MS = 86_400_000;
const hash = (sign: string): string => sign.repeat(64);

function open(store: ReturnType<typeof tempStore>['store']) {
  const clock = { now: Date.parse('2026-11-02T09:00:00.000Z') };
  const repository = createRepository({
    store: store.repository,
    readFiles: () => Promise.resolve([{ path: 'a', sizeBytes: 3, sha256: hash('f') }]),
    isRunDeployed: () => false,
    now: () => clock.now,
  });
  const publish = (version: string, sha256 = hash('a'), name = 'shop') =>
    repository.publish({ name, version, sha256, labels: {}, origin: null, sbom: null, provenance: null }, [
      'Ann',
      'ann@example.com',
    ]);
  return { repository, publish, clock };
}

describe('the local repository', () => {
  it('keeps a version as it is', async () => {
    using temp = tempStore();
    const { repository, publish } = open(temp.store);
    expect(await publish('1.0.0')).toBe('published');
    expect(await publish('1.0.0')).toBe('unchanged');
    await expect(publish('1.0.0', hash('b'))).rejects.toMatchObject({ code: 'version-exists' });
    expect(repository.find('shop', '1.0.0')).toMatchObject({
      sha256: hash('a'),
      sizeBytes: 3,
      publishedBy: 'Ann',
    });
  });

  it('orders by SemVer, and by time where a version is none', async () => {
    using temp = tempStore();
    const { repository, publish } = open(temp.store);
    for (const version of ['1.10.0', '1.9.0', '1.10.0-beta.1']) await publish(version);
    expect(repository.versions('shop').map(({ version }) => version)).toEqual([
      '1.10.0',
      '1.10.0-beta.1',
      '1.9.0',
    ]);
    await publish('nightly');
    expect(repository.versions('shop')[0]?.version).toBe('nightly');
  });

  it.each(['../x', '-rf', 'a b', ''])('refuses the name "%s"', async (name) => {
    using temp = tempStore();
    await expect(open(temp.store).publish('1.0.0', hash('a'), name)).rejects.toMatchObject({ code: 'usage' });
  });

  it('lets those publish and promote whom a rule names, whatever the case', async () => {
    using temp = tempStore();
    const { repository, publish } = open(temp.store);
    repository.setRule({ name: 'shop', channel: null, allowed: ['ANN@example.com'] });
    await publish('1.0.0');
    expect(repository.find('shop', '1.0.0')?.publishedBy).toBe('ann@example.com');
    repository.setRule({ name: 'shop', channel: 'stable', allowed: [] });
    const wish = { name: 'shop', channel: 'stable', version: '1.0.0' };
    expect(() => repository.promote(wish, ['Ann'])).toThrow('Ann may not move the channel stable of shop.');
    repository.setRule({ name: 'shop', channel: 'stable', allowed: null });
    expect(repository.promote(wish, ['Ann'])).toMatchObject({ from: null, movedBy: 'Ann' });
  });

  it('removes what is old and beyond, never what is pointed to or deployed', async () => {
    using temp = tempStore();
    const { repository, publish, clock } = open(temp.store);
    for (const [index, version] of ['1.0.0', '1.1.0', '1.2.0', '1.3.0', '1.4.0'].entries()) {
      await publish(version, hash(String(index)));
      clock.now += DAY_MS;
    }
    repository.promote({ name: 'shop', channel: 'lts', version: '1.0.0' }, ['Ann']);
    repository.recordDeployment({ sha256: hash('1'), environment: 'production', runId: 'run-1' as never });
    const policy = { keep: 1, maxAgeMs: 2.5 * DAY_MS };
    const { removed, kept } = repository.prune(null, policy, false);
    expect(removed.map(({ version }) => version)).toEqual(['1.2.0']);
    expect(kept.map(({ because }) => because)).toEqual(['it was deployed', 'the channel lts points to it']);
    expect(repository.prune('shop', { keep: null, maxAgeMs: null }, false).removed).toEqual([]);
  });
});
