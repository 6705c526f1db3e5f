// What the tests of the SDK share: applications, clients, tokens, promises of events, and a proxy
// that can cut. `node <program> <address of the server> <manner>`: the manner is `json` or
// `msgpack` over WebSocket, or `comet`.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import Ably from 'ably';

export const [base, manner = 'json'] = process.argv.slice(2);
const clients = [];
let channels = 0;

/** A new application; its keys are as given, in this order. */
export async function newApp(keys = [{}], namespaces = []) {
  const response = await fetch(`${base}/apps`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ keys, namespaces }),
  });
  const text = await response.text();
  assert.equal(response.status, 201, text);
  return JSON.parse(text);
}

export const app = await newApp([
  {},
  { capability: JSON.stringify({ 'read:*': ['subscribe', 'presence'] }) },
  { revocableTokens: true },
]);

/** The key that may do everything, and the others. */
export const [key, readerKey, revocableKey] = app.keys.map((each) => each.keyStr);

export function newChannel(prefix = 'room') {
  return `${prefix}-${process.pid}-${++channels}`;
}

/** How every client of the SDK reaches the server. */
export function options(more = {}, address = base) {
  const { hostname, port } = new URL(address);
  return {
    endpoint: hostname,
    port: Number(port),
    tls: false,
    useBinaryProtocol: manner === 'msgpack',
    transports: [manner === 'comet' ? 'comet' : 'web_socket'],
    disconnectedRetryTimeout: 200,
    logLevel: 0,
    ...(more.token || more.authCallback || more.authUrl || more.key ? {} : { key }),
    ...more,
  };
}

/** A connection, made at once unless the options say otherwise. */
export function realtime(more = {}, address = base) {
  const made = new Ably.Realtime(options(more, address));
  clients.push(made);
  return made;
}

export function rest(more = {}) {
  return new Ably.Rest(options(more));
}

export function closeAll() {
  clients.splice(0).forEach((each) => each.close());
}

/** A client that is connected. */
export async function connected(more = {}, address = base) {
  const client = realtime(more, address);
  await reached(client.connection, 'connected');
  return client;
}

/** When a connection or a channel is in this state, at once if it is; the last change to it. */
export function reached(subject, state) {
  return within(`${state} (was: ${subject.state})`, subject.whenState(state));
}

/** The next event of this name. */
export function next(emitter, name) {
  return within(name, new Promise((resolve) => emitter.once(name, resolve)));
}

export function within(what, promise, millis = 15_000) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no ${what} within ${millis} ms`)), millis);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** What a promise fails with. */
export async function failure(promise) {
  return promise.then(
    (value) => assert.fail(`${JSON.stringify(value)} (expected: a failure)`),
    (error) => error,
  );
}

/** A JWT made with a key of ours. */
export function jwt(keyStr, seconds = 60, claims = {}) {
  const [name, secret] = keyStr.split(':');
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const header = encode({ typ: 'JWT', alg: 'HS256', kid: name });
  const body = `${header}.${encode({ iat: now, exp: now + seconds, ...claims })}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

/** A way to the server whose connections can be cut. */
export async function proxy() {
  const target = new URL(base);
  const sockets = new Set();
  const server = net.createServer((incoming) => {
    const outgoing = net.connect(Number(target.port), target.hostname);
    for (const [from, to] of [[incoming, outgoing], [outgoing, incoming]]) {
      sockets.add(from);
      from.on('error', () => {});
      from.on('close', () => to.destroy());
      from.pipe(to);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    sockets.forEach((socket) => socket.destroy());
    sockets.clear();
  };
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    cut,
    close() {
      server.close();
      cut();
    },
  };
}
