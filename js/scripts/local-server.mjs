// Starts and stops a local Fanfare in development mode: npm run dev, npm run down.
//
// FANFARE_PORT: another port than 8000. FANFARE_LAUNCHER: another program than ../fanfare.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const directory = join(root, '.local');
const pidFile = join(directory, 'server.pid');
const logFile = join(directory, 'server.log');
const launcher = process.env.FANFARE_LAUNCHER || resolve(root, '../fanfare');
const address = `http://127.0.0.1:${process.env.FANFARE_PORT || 8000}`;

/** The first start builds the server, and may have to download its libraries. */
const START_MS = 10 * 60_000;
const STOP_MS = 30_000;
const POLL_MS = 100;

const command = process.argv[2];
if (command === 'start') {
  await start();
} else if (command === 'stop') {
  await stop();
} else {
  fail(`local-server: ${command ?? 'nothing'} (expected: start or stop)`);
}

async function start() {
  const running = runningPid();
  if (running) {
    console.log(`Already running: ${address} (process ${running}). To stop it: npm run down`);
    return;
  }
  if (await answers()) {
    fail(
      `${address} is taken by another server. Stop that one, or choose a port: FANFARE_PORT=8010`,
    );
  }
  mkdirSync(directory, { recursive: true });
  const log = openSync(logFile, 'w');
  console.log('Starting Fanfare in development mode. The first time it is built: a minute or two.');
  const server = spawn(launcher, ['serve', '--dev'], {
    detached: true,
    stdio: ['ignore', log, log],
  });
  let ended;
  server.on('error', (error) => (ended = String(error)));
  server.on('exit', (code, signal) => (ended = `it ended with ${signal ?? `status ${code}`}`));
  if (server.pid) {
    writeFileSync(pidFile, `${server.pid}\n`);
  }
  const ready = await until(START_MS, async () => ended || (await isReady()));
  if (ended || !ready) {
    failedStart(ended ?? `not ready within ${START_MS / 1000} s`);
  }
  server.unref();
  console.log(`Fanfare is ready (process ${server.pid}). To stop it: npm run down

  page       ${address}/
  log        ${logFile}

  export FANFARE_API_URL=${address}
  export FANFARE_API_KEY=dev-api-key
  export FANFARE_TOKEN_SECRET=fanfare-development-secret-0123456789
  export NEXT_PUBLIC_FANFARE_WS_URL=${address.replace('http', 'ws')}/connection/websocket`);
}

function failedStart(why) {
  rmSync(pidFile, { force: true });
  const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
  fail(`Fanfare did not start: ${why}. The end of ${logFile}:\n${lines}`);
}

async function stop() {
  const pid = runningPid();
  if (!pid) {
    rmSync(pidFile, { force: true });
    console.log('Not running: npm run dev has started nothing that is still there.');
    return;
  }
  process.kill(pid, 'SIGTERM');
  if (!(await until(STOP_MS, () => !isAlive(pid)))) {
    process.kill(pid, 'SIGKILL');
    console.log(`Fanfare (process ${pid}) did not end within ${STOP_MS / 1000} s and was killed.`);
  } else {
    console.log(`Fanfare (process ${pid}) has ended.`);
  }
  rmSync(pidFile, { force: true });
}

/** The process that an earlier start noted, if it is still that: numbers of processes come again. */
function runningPid() {
  let pid;
  try {
    pid = Number(readFileSync(pidFile, 'utf8'));
  } catch {
    return undefined;
  }
  return isAlive(pid) && commandLine(pid).includes('serve --dev') ? pid : undefined;
}

function commandLine(pid) {
  try {
    return execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function isReady() {
  try {
    return (await fetch(`${address}/health/ready`)).ok;
  } catch {
    return false;
  }
}

async function answers() {
  try {
    await fetch(address, { signal: AbortSignal.timeout(2_000) });
    return true;
  } catch {
    return false;
  }
}

/** Whether it came true in time. */
async function until(milliseconds, condition) {
  const end = Date.now() + milliseconds;
  while (Date.now() < end) {
    if (await condition()) {
      return true;
    }
    await pause(POLL_MS);
  }
  return false;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
