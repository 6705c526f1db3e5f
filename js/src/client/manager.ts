import { Centrifuge, UnauthorizedError } from 'centrifuge';
import { RealtimeError } from '../errors.js';
import type { MessageOf } from '../messages.js';
import { type Handler, Listeners, type SubscribeOptions } from './listeners.js';
import { webSocketClass } from './socket.js';

export interface RealtimeOptions {
  /**
   * Where to connect: `wss://realtime.example.com/connection/websocket`. Default:
   * `NEXT_PUBLIC_FANFARE_WS_URL` or `NEXT_PUBLIC_CENTRIFUGO_WS_URL` from the environment.
   */
  readonly wsUrl?: string;
  /**
   * Gives a token of the signed-in user. Called to connect and before a token expires; after a failure
   * again, later and later. Throws {@link UnauthorizedError} where nobody is signed in, which ends the
   * connection.
   */
  readonly getToken: () => string | Promise<string>;
  /** Hears of whatever goes wrong. Default: `console.warn`. */
  readonly onError?: (error: RealtimeError) => void;
}

/** Ends what `subscribe` began. Calling it again does nothing. */
export type Unsubscribe = () => void;

/**
 * One connection for all subscriptions of a program. It is opened by the first and closed after the last,
 * and comes back by itself when it breaks; messages that were missed meanwhile are delivered then.
 */
export class RealtimeManager {
  static #instance: RealtimeManager | undefined;

  readonly #options: RealtimeOptions;
  readonly #channels = new Map<string, Listeners>();
  #connection: Centrifuge | undefined;

  private constructor(options: RealtimeOptions) {
    this.#options = options;
  }

  /** Once, before anything else. The same options again change nothing; other ones are refused. */
  static initialize(options: RealtimeOptions): RealtimeManager {
    const checked = check(options);
    const instance = (RealtimeManager.#instance ??= new RealtimeManager(checked));
    const given = instance.#options;
    for (const name of ['wsUrl', 'getToken', 'onError'] as const) {
      if (given[name] !== checked[name]) {
        throw new RealtimeError(
          'configuration',
          `RealtimeManager.initialize: another ${name} than before (expected: the same options again, ` +
            'with the same functions, or RealtimeManager.reset() first)',
        );
      }
    }
    return instance;
  }

  static getInstance(): RealtimeManager {
    if (!RealtimeManager.#instance) {
      throw new RealtimeError(
        'configuration',
        'RealtimeManager.getInstance: not initialized (expected: RealtimeManager.initialize({ wsUrl, ' +
          'getToken }) before)',
      );
    }
    return RealtimeManager.#instance;
  }

  /** Closes the connection and forgets all handlers and the options: when a user signs out. */
  static reset(): void {
    const instance = RealtimeManager.#instance;
    RealtimeManager.#instance = undefined;
    if (instance) {
      instance.#channels.clear();
      instance.#close();
    }
  }

  /** Whether the channel may be had, the server says later: `onError` hears if not. */
  subscribe<Channel extends string, Message = MessageOf<Channel>>(
    channel: Channel,
    handler: Handler<Message>,
    options: SubscribeOptions = {},
  ): Unsubscribe {
    const listener = { ...options, handler: handler as Handler<unknown> };
    const connection = this.#open();
    const listeners = this.#channels.get(channel) ?? this.#listen(connection, channel);
    listeners.add(listener);
    return () => {
      listeners.remove(listener);
      // Whoever takes over at once, as components of a page do, takes over the connection.
      queueMicrotask(() => this.#tidy());
    };
  }

  #open(): Centrifuge {
    this.#connection ??= this.#connect();
    this.#connection.connect();
    return this.#connection;
  }

  #connect(): Centrifuge {
    const connection = new Centrifuge(this.#options.wsUrl ?? '', {
      websocket: webSocketClass(),
      getToken: () => this.#token(),
      name: 'fanfare-js',
    });
    return connection
      .on('error', ({ type, error: { message } }) => {
        if (!TOKEN_ERRORS.includes(type)) {
          this.#report(new RealtimeError('unreachable', `${this.#options.wsUrl}: ${message}`));
        }
      })
      .on('disconnected', ({ code, reason }) => this.#onDisconnected(connection, code, reason));
  }

  async #token(): Promise<string> {
    try {
      const token = await this.#options.getToken();
      if (typeof token !== 'string' || token === '') {
        throw new TypeError(`getToken: ${String(token)} (expected: a token)`);
      }
      return token;
    } catch (cause) {
      if (!(cause instanceof UnauthorizedError)) {
        this.#report(new RealtimeError('token', `getToken failed: ${String(cause)}`, { cause }));
      }
      throw cause;
    }
  }

  /** Code 0 is our own wish. After any other one, whoever subscribes next connects anew. */
  #onDisconnected(connection: Centrifuge, code: number, message: string): void {
    if (code !== 0) {
      connection.setToken('');
      const reply = { code, message };
      this.#report(
        new RealtimeError('disconnected', `the connection ended: ${message}`, { reply }),
      );
    }
  }

  #listen(connection: Centrifuge, channel: string): Listeners {
    const subscription = connection.newSubscription(channel, {
      positioned: true,
      recoverable: true,
    });
    const listeners = new Listeners(subscription, (error) => this.#report(error));
    this.#channels.set(channel, listeners);
    return listeners;
  }

  /** Ends the subscriptions that nobody listens to, and the connection after the last of them. */
  #tidy(): void {
    for (const [channel, listeners] of this.#channels) {
      const subscription = this.#connection?.getSubscription(channel);
      if (listeners.isEmpty && subscription) {
        this.#channels.delete(channel);
        this.#connection?.removeSubscription(subscription);
      }
    }
    if (this.#channels.size === 0) {
      this.#close();
    }
  }

  #close(): void {
    this.#connection?.disconnect();
    this.#connection = undefined;
  }

  #report(error: RealtimeError): void {
    const { onError = (reported) => console.warn(reported) } = this.#options;
    try {
      onError(error);
    } catch (failure) {
      console.warn(failure);
    }
  }
}

/** Of the SDK: these we report ourselves, with their cause. */
const TOKEN_ERRORS = ['connectToken', 'refreshToken'];

function check(options: RealtimeOptions): RealtimeOptions {
  const wsUrl = options.wsUrl || wsUrlOfEnvironment();
  if (!wsUrl || !/^wss?:\/\/[^/]/.test(wsUrl)) {
    throw new RealtimeError(
      'configuration',
      `wsUrl: ${wsUrl ?? 'nothing'} (expected: a WebSocket's address, for example ` +
        'ws://localhost:8000/connection/websocket, here or as NEXT_PUBLIC_FANFARE_WS_URL)',
    );
  }
  if (typeof options.getToken !== 'function') {
    throw new RealtimeError(
      'configuration',
      `getToken: ${String(options.getToken)} (expected: a function that gives a token)`,
    );
  }
  return { ...options, wsUrl };
}

/** Written out, because bundlers replace these words. Where there is no `process`, there is nothing. */
function wsUrlOfEnvironment(): string | undefined {
  try {
    return process.env.NEXT_PUBLIC_FANFARE_WS_URL || process.env.NEXT_PUBLIC_CENTRIFUGO_WS_URL;
  } catch {
    return undefined;
  }
}
