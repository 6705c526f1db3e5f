// The package as npm would bring it, used by programs of every kind.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { promisify } from 'node:util';

const run = promisify(execFile);
const directory = 'build/consumer';
const tsc = ['node_modules/typescript/bin/tsc', '--noEmit', '--strict', '--skipLibCheck', 'false'];

const typescript = `
import { Channels, RealtimeManager, type QueryInvalidation } from '@fanfare/realtime/client';
import { createToken, realtime } from '@fanfare/realtime/server';

export async function use(): Promise<void> {
  const message: QueryInvalidation = { type: 'query-invalidation', queryKey: [] };
  await realtime.publish(Channels.user(await createToken('42')), message);
  RealtimeManager.getInstance().subscribe(Channels.global(), ({ queryKey }) => queryKey.length);
}
`;
const names = `[
  client.RealtimeManager.name, client.Channels.global(), server.Realtime.name, server.Channels.org(7)
]`;
const expected = '["RealtimeManager","trpc:global","Realtime","trpc:org:7"]\n';

before(async () => {
  const installed = `${directory}/node_modules/@fanfare/realtime`;
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(installed, { recursive: true });
  const { stdout } = await run('npm', [
    'pack',
    '--json',
    '--ignore-scripts',
    '--pack-destination',
    directory,
  ]);
  const [packed] = Object.values(JSON.parse(stdout)) as { filename: string }[];
  const file = `${directory}/${packed!.filename}`;
  await run('tar', ['-xzf', file, '-C', installed, '--strip-components=1']);
});

test('it holds what is needed and no more', async () => {
  const { stdout } = await run('find', [
    `${directory}/node_modules/@fanfare/realtime`,
    '-type',
    'f',
  ]);
  const files = stdout.trim().split('\n');
  const inside = files.map((file) => file.split('@fanfare/realtime/')[1]!);
  const others = inside.filter((file) => !file.startsWith('dist/')).sort();
  assert.deepEqual(others, ['LICENSE', 'README.md', 'package.json']);
});

test('ES modules import it', async () => {
  const file = `${directory}/use.mjs`;
  writeFileSync(
    file,
    `import * as client from '@fanfare/realtime/client';
     import * as server from '@fanfare/realtime/server';
     console.log(JSON.stringify(${names}));`,
  );
  assert.equal((await run(process.execPath, [file])).stdout, expected);
});

test('CommonJS modules require it', async () => {
  const file = `${directory}/use.cjs`;
  writeFileSync(
    file,
    `const client = require('@fanfare/realtime/client');
     const server = require('@fanfare/realtime/server');
     console.log(JSON.stringify(${names}));`,
  );
  assert.equal((await run(process.execPath, [file])).stdout, expected);
});

for (const [what, file, ...options] of [
  ['ES modules of Node.js', 'use.mts', '--module', 'node16'],
  ['CommonJS modules of Node.js', 'use.cts', '--module', 'node16'],
  ['bundlers', 'bundled.ts', '--module', 'esnext', '--moduleResolution', 'bundler'],
] as const) {
  test(`its types are found by TypeScript for ${what}`, async () => {
    const path = `${directory}/${file}`;
    writeFileSync(path, typescript);
    const lib = ['--target', 'es2022', '--lib', 'es2022,dom', '--types', 'node'];
    try {
      await run(process.execPath, [...tsc, ...options, ...lib, '--ignoreConfig', path]);
    } catch (error) {
      assert.fail((error as { stdout: string }).stdout);
    }
  });
}
