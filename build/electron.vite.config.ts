import path from 'node:path';
import { defineConfig } from 'electron-vite';
import { rendererConfig } from './renderer.vite.config.ts';

const root = path.resolve(import.meta.dirname, '..');
const at = (file: string): string => path.join(root, file);

/**
 * Every process is CommonJS with its libraries inside, so that a start reads few files and ESM-only packages work;
 * `import()` becomes a chunk, which keeps what a command does not need out of its start.
 * Outside stay Electron, better-sqlite3 and node-pty (they find their binaries beside themselves), and the optional native
 * speed-ups of ws and ssh2, which do without.
 */
export default defineConfig({
  main: {
    build: {
      outDir: at('out/main'),
      emptyOutDir: true,
      // The syntax that the oldest Electron we test with (Node 18) reads.
      target: 'node18',
      minify: false,
      sourcemap: false,
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          desktop: at('main/desktop/index.ts'),
          host: at('main/host/index.ts'),
          cli: at('main/cli/index.ts'),
        },
        external: [
          'electron',
          'better-sqlite3',
          '@lydell/node-pty',
          'bufferutil',
          'utf-8-validate',
          /\.node$/,
        ],
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    build: {
      outDir: at('out/preload'),
      emptyOutDir: true,
      target: 'node18',
      minify: false,
      sourcemap: false,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('preload/index.ts') },
        external: ['electron'],
        // A sandboxed preload may load nothing but `electron`: one file.
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: rendererConfig,
});
