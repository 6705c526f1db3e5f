// Replays recorded conversations, in JSON as they stand and in Protobuf as an encoder that is not ours has them.
//
//   = title                  a conversation of its own: new connections, nothing known
//   at PATH                  connections are made there, instead of at /connection/websocket
//   > {…}                    a frame of one command; the next line beginning with >> is in the same frame
//   < {…}                    the next message: every member, and no more
//   b> b<                    the same on a second connection, and so on
//   closed CODE REASON       how the connection ends
//   api METHOD {…} -> {…}    a call of the server API, and its answer
//
// "*" stands for anything; "@name" for whatever stood there first. In what is sent @name stands for that, and
// @token(user), @token(user,seconds), @token(user,seconds,{claims}) and @channel(user,channel,seconds,{claims}) for tokens.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import protobuf from 'protobufjs';
import WebSocket from 'ws';
import { base, token } from './kit.js';

const schema = protobuf.parse(readFileSync('client.proto', 'utf8'), { keepCase: true }).root;
const [Command, Reply] = ['Command', 'Reply'].map((name) => schema.lookupType(name));
const BYTES = new Set(['data', 'conn_info', 'chan_info']);

const text = {
  query: '',
  write: (commands) => commands.join('\n'),
  read: (message) => message.toString().split('\n').map((line) => JSON.parse(line)),
};

const binary = {
  query: '?format=protobuf',
  write(commands) {
    const writer = protobuf.Writer.create();
    for (const command of commands) {
      const object = payloads(JSON.parse(command), (value) => Buffer.from(JSON.stringify(value)));
      Command.encodeDelimited(Command.fromObject(object), writer);
    }
    return writer.finish();
  },
  read(message) {
    const reader = protobuf.Reader.create(message);
    const replies = [];
    while (reader.pos < reader.len) {
      const reply = Reply.toObject(Reply.decodeDelimited(reader), { longs: Number, bytes: Buffer });
      replies.push(payloads(reply, (bytes) => JSON.parse(bytes)));
    }
    return replies;
  },
};

const encoding = process.argv[5] === 'json' ? text : binary;

/** Payloads are values in one encoding and bytes in the other. */
function payloads(object, change) {
  if (Array.isArray(object)) {
    return object.map((item) => payloads(item, change));
  }
  if (object === null || typeof object !== 'object') {
    return object;
  }
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, BYTES.has(key) ? change(value) : payloads(value, change)]),
  );
}

class Connection {
  #waiting = [];
  #heard = [];

  constructor(url) {
    this.socket = new WebSocket(url + encoding.query);
    this.socket.on('message', (message) => encoding.read(message).forEach((reply) => this.#tell(reply)));
    this.socket.on('close', (code, reason) => this.#tell(`closed ${code} ${reason}`));
    this.opened = new Promise((resolve, reject) => this.socket.on('open', resolve).on('error', reject));
  }

  #tell(what) {
    const next = this.#waiting.shift();
    if (next) next(what);
    else this.#heard.push(what);
  }

  async say(commands) {
    await this.opened;
    this.socket.send(encoding.write(commands));
  }

  hear() {
    if (this.#heard.length > 0) return this.#heard.shift();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('nothing within 10 s')), 10_000);
      this.#waiting.push((what) => {
        clearTimeout(timer);
        resolve(what);
      });
    });
  }
}

/** Everything as it is written, but for what may be anything. Zero and empty members may be left out in Protobuf. */
function same(actual, expected, known) {
  if (expected === '*') return actual !== undefined;
  if (typeof expected === 'string' && /^@\w+$/.test(expected)) {
    if (!(expected in known)) known[expected] = actual;
    return known[expected] === actual;
  }
  if (expected === null || typeof expected !== 'object') return actual === expected;
  if (actual === null || typeof actual !== 'object') return false;
  const keys = new Set([...Object.keys(actual), ...Object.keys(expected)].map((key) => fill(key, known)));
  const filled = Object.fromEntries(Object.entries(expected).map(([key, value]) => [fill(key, known), value]));
  return [...keys].every((key) => key in filled && (key in actual || isNothing(filled[key])) &&
    (!(key in actual) || same(actual[key], filled[key], known)));
}

function isNothing(value) {
  return encoding === binary && (value === 0 || value === '' || (typeof value === 'object' && Object.keys(value).length === 0));
}

function fill(line, known) {
  return line
    .replace(/@token\((\w*)(?:,(-?\d+)(?:,(\{.*?\}))?)?\)/g, (_, user, seconds = '60', claims = '{}') =>
      token(user, Number(seconds), JSON.parse(claims)))
    .replace(/@channel\((\w*),([^,)]+)(?:,(-?\d+)(?:,(\{.*?\}))?)?\)/g, (_, user, channel, seconds = '60', claims = '{}') =>
      token(user, Number(seconds), { channel, ...JSON.parse(claims) }))
    .replace(/@(\w+)/g, (name) => (name in known ? known[name] : name));
}

async function call(method, body, expected, known) {
  const response = await fetch(`${base}/api/${method}`, {
    method: 'POST',
    headers: { 'x-api-key': 'dev-api-key' },
    body: fill(body, known),
  });
  const answer = await response.json();
  assert.ok(same(answer, JSON.parse(expected), known), `${method}: ${JSON.stringify(answer)} instead of ${expected}`);
}

async function replay(lines) {
  const known = {};
  const connections = {};
  let path = '/connection/websocket';
  const connection = (name) =>
    (connections[name] ??= new Connection(base.replace('http', 'ws') + path));
  try {
    for (let index = 0; index < lines.length; index++) {
      const [, name, verb, rest] = lines[index].match(/^(\w ?)?(at|api|closed|[<>]) ?(.*)$/) ?? [];
      const where = (name ?? 'a').trim();
      if (verb === 'at') {
        path = rest;
      } else if (verb === 'api') {
        const [, method, body, answer] = rest.match(/^(\w+) (.*) -> (.*)$/);
        await call(method, body, answer, known);
      } else if (verb === '>') {
        const commands = [fill(rest, known)];
        while (lines[index + 1]?.startsWith('>>')) commands.push(fill(lines[++index].slice(2).trim(), known));
        await connection(where).say(commands);
      } else if (verb === '<') {
        const heard = await connection(where).hear();
        assert.ok(same(heard, JSON.parse(rest), known), `${JSON.stringify(heard)} instead of ${rest}`);
      } else {
        assert.equal(await connection(where).hear(), `closed ${rest}`);
      }
    }
  } finally {
    Object.values(connections).forEach(({ socket }) => socket.terminate());
  }
}

/** Without comments and empty lines, by title. */
function conversations(file) {
  const all = [];
  for (const line of readFileSync(`conversations/${file}`, 'utf8').split('\n').map((each) => each.trim())) {
    if (line.startsWith('= ')) all.push({ title: line.slice(2), lines: [] });
    else if (line !== '' && !line.startsWith('#')) all.at(-1).lines.push(line);
  }
  return all;
}

for (const file of ['connecting.txt', 'subscribing.txt', 'channels.txt', 'users.txt']) {
  for (const { title, lines } of conversations(file)) {
    const onlyText = lines[0] === 'json';
    if (encoding === text) test(title, () => replay(lines.slice(onlyText ? 1 : 0)));
    else if (!onlyText) test(title, () => replay(lines));
  }
}
