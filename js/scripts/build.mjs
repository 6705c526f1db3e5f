// Compiles src to dist: ES modules and CommonJS, each with its types beside it.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
rmSync('dist', { recursive: true, force: true });

for (const [directory, type, config] of [
  ['dist/esm', 'module', 'tsconfig.json'],
  ['dist/cjs', 'commonjs', 'tsconfig.cjs.json'],
]) {
  const tsc = fileURLToPath(import.meta.resolve('typescript/package.json')).replace(
    /package\.json$/,
    'bin/tsc',
  );
  execFileSync(process.execPath, [tsc, '-p', config], { stdio: 'inherit' });
  writeFileSync(`${directory}/package.json`, `${JSON.stringify({ type })}\n`);
}
