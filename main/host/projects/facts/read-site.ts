import type { SiteFacts } from '#shared/pipeline/templates/project-facts.ts';
import type { FolderReader } from './folder-reader.ts';
import { dependenciesOf, type Manifest, textsOf } from './read-node.ts';

/** Packages that write pages when `build` runs, and where to. */
const PACKAGES: readonly (readonly [name: string, tool: string, folder: string])[] = [
  ['@docusaurus/core', 'Docusaurus', 'build'],
  ['@11ty/eleventy', 'Eleventy', '_site'],
  ['astro', 'Astro', 'dist'],
  ['gatsby', 'Gatsby', 'public'],
  ['vitepress', 'VitePress', '.vitepress/dist'],
];
const TOOLS: readonly (readonly [files: readonly string[], site: SiteFacts])[] = [
  [['hugo.toml', 'hugo.yaml', 'hugo.json'], { tool: 'Hugo', command: 'hugo --minify', folder: 'public' }],
  [['mkdocs.yml', 'mkdocs.yaml'], { tool: 'MkDocs', command: 'mkdocs build --strict', folder: 'site' }],
  [['_config.yml'], { tool: 'Jekyll', command: 'bundle exec jekyll build', folder: '_site' }],
];
/** With one of these `vite` builds what a server, not a folder of pages, shows. */
const SERVERS = ['express', 'fastify', 'koa', '@sveltejs/kit', 'nuxt', '@remix-run/node', 'electron'];
const PAGE_FOLDERS = ['.', 'public', 'site', 'www'];

/** The static site that a project is; null where nothing says that it is one. */
export async function readSite(folder: FolderReader, manifest: Manifest | null): Promise<SiteFacts | null> {
  const built = manifest === null ? null : builtByScript(folder, manifest);
  if (built !== null) return built;
  for (const [files, site] of TOOLS) if (folder.firstOf(...files) !== null) return site;
  if (manifest !== null || (await hasOtherCode(folder))) return null;
  const pages = PAGE_FOLDERS.find((below) => folder.has(`${below}/index.html`));
  return pages === undefined ? null : { tool: 'HTML', command: null, folder: pages };
}

function builtByScript(folder: FolderReader, manifest: Manifest): SiteFacts | null {
  if (textsOf(manifest['scripts'])['build'] === undefined) return null;
  const dependencies = dependenciesOf(manifest);
  const found = PACKAGES.find(([name]) => dependencies.includes(name));
  if (found !== undefined) return { tool: found[1], command: null, folder: found[2] };
  const isVite = dependencies.includes('vite') && !SERVERS.some((name) => dependencies.includes(name));
  return isVite && folder.has('index.html') ? { tool: 'Vite', command: null, folder: 'dist' } : null;
}

/** A page beside a program is the program's. */
const hasOtherCode = async (folder: FolderReader): Promise<boolean> =>
  folder.firstOf('go.mod', 'Cargo.toml', 'pom.xml', 'build.gradle', 'build.gradle.kts', 'pyproject.toml') !==
    null || (await folder.names()).some((name) => name.endsWith('.py'));
