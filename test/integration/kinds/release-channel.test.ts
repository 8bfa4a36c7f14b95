import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKindFixture, isMissing, type KindFixture, type StageText } from './kind-fixture.ts';
import { startDockerRegistry } from './peers/docker-registry.ts';
import { startVerdaccio } from './peers/verdaccio.ts';

let fixture: KindFixture;
beforeAll(async () => {
  fixture = await createKindFixture();
});
afterAll(() => fixture[Symbol.asyncDispose]());

const publish = async (name: string, version: string, channel = '') => {
  fixture.write('dist/shop.tgz', `${name} ${version}`);
  const run = await fixture.runStage({
    uses: 'publish.files',
    with: { paths: 'dist/*', name, version, channel },
  });
  expect(run.outcome()).toBe('succeeded');
};
const move = (settings: StageText, more: StageText = {}) =>
  fixture.runStage({ uses: 'release.channel', with: settings, ...more });

describe('release.channel', () => {
  it('promotes the example, and keeps the moves', async () => {
    await publish('shop', '1.3.0', 'stable');
    await publish('shop', '1.4.0', 'beta');
    const run = await fixture.runExample('release.channel');
    expect(run.outcome()).toBe('succeeded');
    expect(run.stage().outputs).toMatchObject({ from: '1.3.0', to: '1.4.0' });
    expect(fixture.host.repository.history('shop', 'stable').map(({ version }) => version)).toEqual([
      '1.4.0',
      '1.3.0',
    ]);
  });

  it('removes old versions, but none that a channel points to or that was deployed', async () => {
    for (const version of ['1.0.0', '1.1.0', '1.2.0', '1.3.0', '1.10.0']) await publish('kept', version);
    fixture.host.repository.promote({ name: 'kept', channel: 'lts', version: '1.0.0' }, ['Ann']);
    const deployed = await fixture.runStage({
      uses: 'artifact.record',
      with: { name: 'kept', version: '1.1.0', 'deployed-to': 'production' },
    });
    expect(deployed.outcome()).toBe('succeeded');
    const wish = { name: 'kept', version: '1.10.0', channel: 'stable', keep: 2 };
    expect((await move({ ...wish, 'dry-run': true })).stage().outputs).toMatchObject({ removed: '1.2.0' });
    expect((await move(wish)).stage().outputs).toMatchObject({ removed: '1.2.0' });
    const left = fixture.host.repository.versions('kept').map(({ version }) => version);
    expect(left).toEqual(['1.10.0', '1.3.0', '1.1.0', '1.0.0']);
  });

  it('fails on a version that is not there, and for whoever may not', async () => {
    expect((await move({ name: 'shop', version: '9.9.9', channel: 'stable' })).outcome()).toMatch(
      /^failed: There is no shop 9\.9\.9/,
    );
    fixture.host.repository.setRule({ name: 'shop', channel: 'stable', allowed: ['Release Team'] });
    expect((await move({ name: 'shop', version: '1.3.0', channel: 'stable' })).outcome()).toMatch(
      /^failed: .* may not move the channel stable of shop\. Ask Release Team/,
    );
  });

  it.skipIf(isMissing('verdaccio', 'htpasswd', 'npm'))('moves a dist-tag of npm', async () => {
    await using registry = await startVerdaccio();
    await fixture.host.vault.set('NPM_TOKEN', { type: 'global' }, registry.token);
    const signedIn = { registry: `http://${registry.host}`, token: '${{ secrets.NPM_TOKEN }}' };
    const secrets = ['NPM_TOKEN'];
    for (const version of ['1.0.0', '1.1.0']) {
      fixture.write('package.json', JSON.stringify({ name: '@team/moved', version, files: [] }));
      await fixture.runStage({ uses: 'publish.npm', secrets, with: signedIn });
    }
    const wish = { in: 'npm', name: '@team/moved', channel: 'stable', ...signedIn };
    expect((await move({ ...wish, version: '1.0.0' }, { secrets })).stage().outputs).toMatchObject({
      from: '',
      to: '1.0.0',
    });
    expect((await move({ ...wish, version: '1.1.0' }, { secrets })).stage().outputs).toMatchObject({
      from: '1.0.0',
    });
    expect((await move({ ...wish, version: '2.0.0' }, { secrets })).outcome()).toMatch(
      /^failed: There is no @team\/moved 2/,
    );
  });

  it.skipIf(isMissing('docker-registry', 'htpasswd'))('moves a tag of a container registry', async () => {
    await using registry = await startDockerRegistry(true);
    fixture.write('dist/shop.tgz', 'an artifact');
    const to = `${registry.host}/team/shop`;
    const published = await fixture.runStage({
      uses: 'publish.oci',
      with: { to: `${to}:1.0.0`, paths: 'dist/shop.tgz' },
    });
    const { digest } = published.stage().outputs;
    const run = await move({ in: 'oci', name: to, version: '1.0.0', channel: 'stable' });
    expect(run.stage().outputs).toMatchObject({ from: '', to: digest });
    expect((await move({ in: 'oci', name: to, version: 'none', channel: 'stable' })).outcome()).toMatch(
      /^failed: There is no/,
    );
  });
});
