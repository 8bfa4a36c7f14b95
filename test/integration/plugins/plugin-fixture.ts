import { cpSync } from 'node:fs';
import path from 'node:path';
import { lockPlugin, lookAtPlugin, type PluginWish } from '#main/host/plugins/add-plugin.ts';
import { createKindFixture, type KindFixture } from '../kinds/kind-fixture.ts';

const EXAMPLES = path.resolve(import.meta.dirname, '../../../docs/examples/plugins');

export interface PluginFixture extends KindFixture {
  /** Adds a plugin as `plugins add` does once somebody has said yes. */
  add(name: string, source: string, more?: Partial<PluginWish>): Promise<void>;
  /** Puts an example of the docs into the project. */
  example(name: string): void;
}

export async function createPluginFixture(): Promise<PluginFixture> {
  const fixture = await createKindFixture();
  return {
    ...fixture,
    async add(name, source, more = {}) {
      const wish = { name, source, network: false, secrets: [], ...more };
      const { projectDir } = fixture;
      lockPlugin(projectDir, name, await lookAtPlugin(path.join(fixture.dir, 'data'), projectDir, wish));
    },
    example(name) {
      cpSync(path.join(EXAMPLES, name), path.join(fixture.projectDir, 'ci', name), { recursive: true });
    },
    [Symbol.asyncDispose]: () => fixture[Symbol.asyncDispose](),
  };
}
