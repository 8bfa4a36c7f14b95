import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

const root = path.resolve(import.meta.dirname, '..');

/**
 * Vite's development server inlines a script (React's refresh) and the policy of `index.html` forbids that.
 * Only the served page is loosened; the built one keeps the policy as written.
 */
function loosenPolicyWhileServing(): Plugin {
  return {
    name: 'pipewright:loosen-policy-while-serving',
    apply: 'serve',
    transformIndexHtml: (html) => html.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
  };
}

/** The window's half of the build, alone: `vite build --config build/renderer.vite.config.ts`. */
export const rendererConfig: UserConfig = {
  root: path.join(root, 'renderer'),
  // Relative addresses: the same output is served over HTTP, a custom protocol, or from disk.
  base: './',
  publicDir: false,
  plugins: [react(), loosenPolicyWhileServing()],
  // Lightning CSS turns `light-dark()` into what Chrome 114 understands, in development too.
  css: { transformer: 'lightningcss', lightningcss: { targets: { chrome: 114 << 16 } } },
  worker: { format: 'es' },
  build: {
    outDir: path.join(root, 'out/renderer'),
    emptyOutDir: true,
    target: 'chrome114',
    cssTarget: 'chrome114',
    minify: true,
    cssMinify: 'lightningcss',
    sourcemap: false,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    // Fonts stay files: a `data:` font would need a wider policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_500,
    rolldownOptions: { input: { index: path.join(root, 'renderer/index.html') } },
  },
};

export default defineConfig(rendererConfig);
