import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { Channels, createToken, realtime } from '@fanfare/realtime/server';
import { build } from 'esbuild';
import * as kit from './kit.js';

const chromium = program('chromium', 'chromium-browser', 'google-chrome');
const skip = chromium ? false : 'no Chromium on the PATH: apt-get install chromium';

function program(...names: string[]): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((directory) => names.map((name) => join(directory, name)))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ['test/browser/page.tsx'],
    bundle: true,
    write: false,
    platform: 'browser',
    jsx: 'automatic',
    logLevel: 'error',
  });
  return outputFiles[0]!.text;
}

/** The application that the page belongs to: what it serves, and what the page tells it. */
async function application(script: string) {
  const told = new kit.Log<string>();
  let asked = 0;
  const answers: Record<string, (request: http.IncomingMessage) => string | Promise<string>> = {
    '/': () =>
      '<!doctype html><meta charset="utf-8"><div id="app"></div><script src="/page.js"></script>',
    '/page.js': () => script,
    '/notifications': () => `notifications ${++asked}`,
    '/told': async (request) => {
      told.add(await new Response(request as unknown as ReadableStream).text());
      return '';
    },
  };
  const made = http.createServer(async (request, response) => {
    const answer = answers[request.url!.split('?')[0]!];
    response.end(answer ? await answer(request) : '');
  });
  made.listen(0, '127.0.0.1');
  await once(made, 'listening');
  const { port } = made.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/`, told, close: () => made.close() };
}

/** Gives what ends the browser. */
function browse(url: string): () => Promise<void> {
  const profile = mkdtempSync(join(tmpdir(), 'fanfare-chromium-'));
  const browser = spawn(
    chromium!,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      url,
    ],
    { stdio: 'ignore', detached: true },
  );
  return async () => {
    const ended = once(browser, 'exit');
    process.kill(-browser.pid!, 'SIGKILL');
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
}

test(
  'in a browser, a page shows anew what the backend says has changed',
  {
    skip,
    timeout: 60_000,
  },
  async (t) => {
    const user = kit.newId();
    const { address, told, close } = await application(await bundle());
    t.after(close);
    const given = { server: kit.server, wsUrl: kit.wsUrl, user, bearer: await createToken(user) };
    t.after(browse(`${address}?${new URLSearchParams(given)}`));
    await told.first(1);
    while (told.entries.length < 2) {
      const queryKey = ['user', 'notifications'];
      await realtime.publish(Channels.user(user), { type: 'query-invalidation', queryKey });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const [first, second] = await told.first(2);
    assert.equal(first, 'shown notifications 1');
    assert.equal(second, 'shown notifications 2');
  },
);
