// What the tests of the SDK share: clients, tokens, promises of events, and a proxy that can cut.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import { Centrifuge as JsonCentrifuge } from 'centrifuge';
import { Centrifuge as ProtobufCentrifuge } from 'centrifuge/build/protobuf';
import { EventSource } from 'eventsource';
import WebSocket from 'ws';

export const [base, secret, publishToken, transport = 'websocket'] = process.argv.slice(2);
export const encodings = transport === 'sse' ? ['json'] : ['json', 'protobuf'];
const clients = [];
let channels = 0;

export function newChannel(prefix = 'chat') {
  return `${prefix}:${process.pid}-${++channels}`;
}

export function token(user, seconds = 60, claims = {}) {
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Date.now() / 1000;
  const body = `${encode({ alg: 'HS256' })}.${encode({ sub: user, exp: now + seconds, ...claims })}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

/** A client of the SDK, of the encoding. */
export function client(encoding, options = {}, url = address()) {
  const Centrifuge = encoding === 'json' ? JsonCentrifuge : ProtobufCentrifuge;
  const made = new Centrifuge(way(url), {
    websocket: WebSocket,
    eventsource: EventSource,
    emulationEndpoint: `${base}/emulation`,
    token: token('ann'),
    minReconnectDelay: 20,
    maxReconnectDelay: 50,
    ...options,
  });
  clients.push(made);
  return made;
}

/** Over HTTP each endpoint of WebSockets has one beside it. */
function way(url) {
  if (transport === 'websocket') {
    return url;
  }
  const place = url.replace('ws', 'http').replace('/connection/websocket', '/connection');
  return [{ transport, endpoint: `${place}/${transport}` }];
}

export function address(query = '') {
  return `${base.replace('http', 'ws')}/connection/websocket${query}`;
}

export function disconnectAll() {
  clients.splice(0).forEach((each) => each.disconnect());
}

/** The next event of this name. */
export function next(emitter, name) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${name} within 15 s`)), 15_000);
    emitter.once(name, (event) => {
      clearTimeout(timer);
      resolve(event);
    });
  });
}

export async function connected(made) {
  const event = next(made, 'connected');
  made.connect();
  return event;
}

export async function subscribed(subscription) {
  const event = next(subscription, 'subscribed');
  subscription.subscribe();
  return event;
}

/** In JSON data are values, in Protobuf they are bytes. */
export function said(encoding, value) {
  return encoding === 'json' ? value : new TextEncoder().encode(JSON.stringify(value));
}

export function read(data) {
  return data instanceof Uint8Array ? JSON.parse(new TextDecoder().decode(data)) : data;
}

/** Publishes as a backend does; the answer tells the position. */
export async function publish(channel, payload, node = base) {
  const response = await fetch(`${node}/internal/publish`, {
    method: 'POST',
    headers: { authorization: `Bearer ${publishToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel, payload }),
  });
  const text = await response.text();
  assert.ok(response.ok, text);
  return JSON.parse(text);
}

/** Calls a method of the server API; the result of it. */
export async function api(method, params) {
  const response = await fetch(`${base}/api/${method}`, {
    method: 'POST',
    headers: { 'x-api-key': 'dev-api-key' },
    body: JSON.stringify(params),
  });
  const { result, error } = await response.json();
  assert.ok(result, `${method}: ${JSON.stringify(error)}`);
  return result;
}

/** A way to the server whose connections can be cut. */
export async function proxy() {
  let target = new URL(base);
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
    url: `ws://127.0.0.1:${server.address().port}/connection/websocket`,
    cut,
    /** From now on new connections go to this node. */
    leadTo(node) {
      target = new URL(node);
    },
    close() {
      server.close();
      cut();
    },
  };
}
