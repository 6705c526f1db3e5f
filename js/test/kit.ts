// What the tests share: the server they talk to, and a way to it that counts and can be cut.

import assert from 'node:assert/strict';
import net from 'node:net';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { RealtimeManager, type RealtimeError } from '@fanfare/realtime/client';
import { createToken, type TokenOptions } from '@fanfare/realtime/server';

// What `npm run dev` starts, unless the environment names another server.
process.env.FANFARE_API_URL ||= 'http://127.0.0.1:8000';
process.env.FANFARE_API_KEY ||= 'dev-api-key';
process.env.FANFARE_TOKEN_SECRET ||= 'fanfare-development-secret-0123456789';
process.env.NEXT_PUBLIC_FANFARE_WS_URL ||= `${process.env.FANFARE_API_URL.replace('http', 'ws')}/connection/websocket`;

export const server = process.env.FANFARE_API_URL;
export const wsUrl = process.env.NEXT_PUBLIC_FANFARE_WS_URL;

await fetch(`${server}/health/ready`).catch((cause: unknown) => {
  throw new Error(`no server at ${server}: npm run dev starts one`, { cause });
});

/** Nobody else's. */
export function newId(): string {
  return randomUUID();
}

/** A promise that anybody may keep. */
export class Later<Value> {
  readonly promise: Promise<Value>;
  resolve!: (value: Value) => void;

  constructor() {
    this.promise = new Promise((resolve) => (this.resolve = resolve));
  }
}

/** Events in the order in which they come, and waiting for them. */
export class Log<Entry> {
  readonly entries: Entry[] = [];
  #waiting: (() => void)[] = [];

  readonly add = (entry: Entry): void => {
    this.entries.push(entry);
    this.#waiting.splice(0).forEach((wake) => wake());
  };

  async first(count: number): Promise<Entry[]> {
    while (this.entries.length < count) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    return this.entries.slice(0, count);
  }
}

/** The manager as a program of this user has it, with all that it reports. */
export function signIn(user: string, options: TokenOptions & { url?: string } = {}) {
  const errors = new Log<RealtimeError>();
  const { url = wsUrl, ...token } = options;
  const getToken = () => createToken(user, token);
  RealtimeManager.initialize({ wsUrl: url, getToken, onError: errors.add });
  return errors;
}

/** Calls a method of the server's API. */
export async function api(method: string, body: object): Promise<unknown> {
  const answer = await fetch(`${server}/api/${method}`, {
    method: 'POST',
    headers: { 'X-API-Key': process.env.FANFARE_API_KEY! },
    body: JSON.stringify(body),
  });
  return answer.json();
}

export async function eventually(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A way to the server. */
export class Proxy {
  /** How many connections there have been. */
  opened = 0;
  /** What the server said on all of them. */
  heard = '';
  /** While set, whoever connects is turned away. */
  isCut = false;
  readonly #sockets = new Set<net.Socket>();
  readonly #listener = net.createServer((incoming) => this.#accept(incoming));

  static async start(): Promise<Proxy> {
    const proxy = new Proxy();
    proxy.#listener.listen(0, '127.0.0.1');
    await once(proxy.#listener, 'listening');
    return proxy;
  }

  get host(): string {
    return `127.0.0.1:${(this.#listener.address() as net.AddressInfo).port}`;
  }

  get wsUrl(): string {
    return `ws://${this.host}/connection/websocket`;
  }

  get open(): number {
    return this.#sockets.size / 2;
  }

  cut(): void {
    this.isCut = true;
    this.#sockets.forEach((socket) => socket.destroy());
  }

  mend(): void {
    this.isCut = false;
  }

  close(): void {
    this.#listener.close();
    this.cut();
  }

  #accept(incoming: net.Socket): void {
    if (this.isCut) {
      incoming.destroy();
      return;
    }
    this.opened++;
    const { hostname, port } = new URL(server);
    const outgoing = net.connect(Number(port), hostname);
    outgoing.on('data', (data) => (this.heard += data.toString('latin1')));
    this.#join(incoming, outgoing);
    this.#join(outgoing, incoming);
  }

  #join(from: net.Socket, to: net.Socket): void {
    this.#sockets.add(from);
    from.pipe(to);
    from.on('error', () => {});
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
  }
}

/** That these members are there and are this, whatever else is. */
export function assertHas(actual: unknown, expected: object): void {
  for (const [name, value] of Object.entries(expected)) {
    const member = (actual as Record<string, unknown>)[name];
    if (typeof value === 'object' && value !== null) {
      assertHas(member, value);
    } else {
      assert.equal(member, value, name);
    }
  }
}
