// Writes docs/kinds from the catalog: `npm run docs:kinds`.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createCatalog } from '#main/stages/registry.ts';
import { kindPages } from './kind-pages.ts';

const dir = path.resolve(import.meta.dirname, '../docs/kinds');
rmSync(dir, { recursive: true, force: true });
mkdirSync(dir, { recursive: true });
for (const [file, text] of await kindPages(createCatalog().list())) writeFileSync(path.join(dir, file), text);
