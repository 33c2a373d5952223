import { mkdirSync, writeFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { packagesOf } from './build/licences.mjs';
import { pages } from './build/pages.mjs';

// The versions of Node and Chromium in Electron 33, the oldest that the code runs on.
const NODE = 'node20';
const CHROMIUM = 'chrome130';

const electron = ['electron', 'electron/main', 'electron/common', 'electron/renderer'];
const nativeModules = ['better-sqlite3', 'keytar'];

/** Records the bundled modules for the licences (build/licences.mjs). */
const noteBundled: Plugin = {
  name: 'note-bundled',
  writeBundle(_options, bundle) {
    const ids = Object.values(bundle).flatMap((part) =>
      'modules' in part ? Object.keys(part.modules) : [],
    );
    mkdirSync('out/bundled', { recursive: true });
    writeFileSync(`out/bundled/${this.environment.name}.json`, JSON.stringify(packagesOf(ids)));
  },
};

// `vite build --app` builds the three parts of the application into out/app, one after the other.
export default defineConfig({
  root: 'renderer',
  base: '/', // of app://ui/
  publicDir: false,
  // Parsing JSON is cheaper than running it.
  json: { stringify: true },
  plugins: [react(), pages(), noteBundled],
  builder: {
    buildApp: async (builder) => {
      for (const environment of Object.values(builder.environments)) {
        await builder.build(environment);
      }
    },
  },
  environments: {
    client: {
      build: {
        target: CHROMIUM,
        outDir: '../out/app/renderer',
        emptyOutDir: true,
        // SECURITY: the page's policy admits neither inline scripts and styles nor data: URLs.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
      },
    },
    main: {
      consumer: 'server',
      resolve: {
        external: [...electron, ...nativeModules],
        noExternal: true,
      },
      build: {
        target: NODE,
        outDir: '../out/app',
        emptyOutDir: false,
        rolldownOptions: {
          input: { main: 'electron/main.ts', 'check-worker': 'electron/backup/check-worker.ts' },
          external: [...electron, ...nativeModules],
          output: {
            format: 'es',
            entryFileNames: '[name].js',
            chunkFileNames: 'main/[name]-[hash].js',
            // Names stay, because the event log uses them to locate a bug.
            minify: { mangle: false, compress: true, codegen: { removeWhitespace: true } },
          },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { noExternal: true },
      build: {
        target: NODE,
        outDir: '../out/app',
        emptyOutDir: false,
        rolldownOptions: {
          input: { preload: 'electron/preload.ts' },
          external: electron,
          // A sandboxed preload script is one CommonJS file
          // (https://www.electronjs.org/docs/latest/tutorial/sandbox#preload-scripts).
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    },
  },
});
