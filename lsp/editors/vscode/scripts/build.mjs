// Bundles the extension into dist/. Nothing is fetched.
//   HJEMMEL_PROGRAM=…/hjemmel node scripts/build.mjs    also packs the program, for one platform
import { build } from 'esbuild';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('..', import.meta.url));
fs.rmSync(path.join(here, 'dist'), { recursive: true, force: true });
fs.rmSync(path.join(here, 'server'), { recursive: true, force: true });
await build({
  absWorkingDir: here,
  entryPoints: ['src/extension.ts'],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  minify: true,
  legalComments: 'eof',
  outfile: 'dist/extension.js',
});
for (const licence of ['LICENSE-MIT', 'LICENSE-APACHE']) {
  fs.copyFileSync(path.join(here, '../../..', licence), path.join(here, 'dist', licence));
}
const program = process.env.HJEMMEL_PROGRAM;
if (program) {
  fs.mkdirSync(path.join(here, 'server'));
  const copy = path.join(here, 'server', program.endsWith('.exe') ? 'hjemmel.exe' : 'hjemmel');
  fs.copyFileSync(program, copy);
  fs.chmodSync(copy, 0o755);
}
