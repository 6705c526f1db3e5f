// `npm run dev` and `npm run down`, with a server that starts faster than the real one.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { afterEach, beforeEach, test } from 'node:test';
import { resolve } from 'node:path';

const directory = resolve('build/local-server');
const launcher = `${directory}/launcher`;
const timeout = 30_000;
let port: number;

beforeEach(async () => {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(`${directory}/scripts`, { recursive: true });
  cpSync('scripts/local-server.mjs', `${directory}/scripts/local-server.mjs`);
  port = await freePort();
  launches(`
    import http from 'node:http';
    const server = http.createServer((_, response) => response.end());
    setTimeout(() => server.listen(${port}, '127.0.0.1'), 300);
    process.on('SIGTERM', () => setTimeout(() => process.exit(0), 200));
  `);
});

afterEach(() => local('stop'));

/** What is there instead of the launcher. */
function launches(program: string): void {
  writeFileSync(`${launcher}.mjs`, program);
  writeFileSync(launcher, `#!/bin/sh\nexec ${process.execPath} ${launcher}.mjs "$@"\n`);
  chmodSync(launcher, 0o755);
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return free;
}

function local(command: string): Promise<{ status: number; out: string }> {
  const env = { ...process.env, FANFARE_LAUNCHER: launcher, FANFARE_PORT: String(port) };
  return new Promise((told) => {
    const script = `${directory}/scripts/local-server.mjs`;
    execFile(process.execPath, [script, command], { env }, (error, stdout, stderr) => {
      told({ status: error ? Number(error.code) : 0, out: stdout + stderr });
    });
  });
}

async function answers(): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}`).then(
    () => true,
    () => false,
  );
}

test('dev starts a server and waits until it is ready; down ends it', { timeout }, async () => {
  const started = await local('start');
  assert.equal(started.status, 0, started.out);
  assert.match(started.out, /Fanfare is ready \(process \d+\)/);
  assert.match(started.out, new RegExp(`FANFARE_API_URL=http://127.0.0.1:${port}\n`));
  assert.ok(await answers());

  const stopped = await local('stop');
  assert.equal(stopped.status, 0, stopped.out);
  assert.match(stopped.out, /has ended/);
  assert.ok(!(await answers()));
});

test('dev twice starts one server', { timeout }, async () => {
  await local('start');
  const again = await local('start');
  assert.equal(again.status, 0);
  assert.match(again.out, /^Already running/);
});

test('down says when there is nothing to stop', { timeout }, async () => {
  const stopped = await local('stop');
  assert.equal(stopped.status, 0);
  assert.match(stopped.out, /^Not running/);
});

test('dev leaves another server on the port alone', { timeout }, async () => {
  const other = net.createServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
  other.listen(port, '127.0.0.1');
  await once(other, 'listening');
  const started = await local('start');
  other.close();
  assert.equal(started.status, 1);
  assert.match(started.out, /is taken by another server/);
});

test('dev says why a server does not start', { timeout }, async () => {
  launches(`console.error('port: 99999 (expected: 0 to 65535)'); process.exit(2);`);
  const started = await local('start');
  assert.equal(started.status, 1);
  assert.match(started.out, /did not start: it ended with status 2/);
  assert.match(started.out, /port: 99999 \(expected: 0 to 65535\)/);
  assert.match((await local('stop')).out, /^Not running/);
});
