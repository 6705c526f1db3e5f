import { RealtimeError } from '../errors.js';
import type { MessageOf } from '../messages.js';
import { readAnswer, type Published } from './answer.js';
import { setting } from './environment.js';

export type { Published } from './answer.js';

/** How long the first retry waits; each further one waits twice as long, up to the longest. */
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 2_000;

/** Of these, another try may help. */
const TEMPORARY = new Set(['timeout', 'unreachable', 'unavailable']);

export interface RealtimeConfig {
  /**
   * The server, with or without `/api` at the end. Default: `FANFARE_API_URL` or `CENTRIFUGO_API_URL`
   * from the environment.
   */
  readonly apiUrl?: string;
  /** Default: `FANFARE_API_KEY` or `CENTRIFUGO_API_KEY` from the environment. */
  readonly apiKey?: string;
  /** For one try. Default: 5 seconds. */
  readonly timeoutMs?: number;
  /** How often a publish is tried again after a failure that may pass. Default: 2. */
  readonly retries?: number;
}

export interface PublishOptions {
  /**
   * Two publishes to a channel with the same key are delivered once. Default: a key for each call of
   * `publish`, so that its own retries are.
   */
  readonly idempotencyKey?: string;
}

/** Publishes over the server's HTTP API. */
export class Realtime {
  readonly #config: RealtimeConfig;

  /** What is not given comes from the environment, when it is needed. */
  constructor(config: RealtimeConfig = {}) {
    this.#config = config;
  }

  /** Rejects with a {@link RealtimeError}. */
  async publish<Channel extends string>(
    channel: Channel,
    message: MessageOf<Channel>,
    options: PublishOptions = {},
  ): Promise<Published> {
    const { retries = 2 } = this.#config;
    const idempotency_key = options.idempotencyKey ?? crypto.randomUUID();
    const body = JSON.stringify({ channel, data: message, idempotency_key });
    for (let tries = 1; ; tries++) {
      try {
        return await this.#post(channel, body);
      } catch (error) {
        if (!isTemporary(error) || tries > retries) {
          throw error;
        }
        await pause(tries);
      }
    }
  }

  async #post(channel: string, body: string): Promise<Published> {
    const { url, headers, timeoutMs } = this.#target();
    const signal = AbortSignal.timeout(timeoutMs);
    let answer: Response;
    let text: string;
    try {
      answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
      text = await answer.text();
    } catch (cause) {
      throw signal.aborted
        ? new RealtimeError('timeout', `${url}: no answer within ${timeoutMs} ms`, {
            channel,
            cause,
          })
        : new RealtimeError('unreachable', `${url}: no connection`, { channel, cause });
    }
    return readAnswer({ url, channel, status: answer.status, text });
  }

  #target() {
    const { apiUrl, apiKey, timeoutMs = 5_000 } = this.#config;
    const server = setting(apiUrl, 'apiUrl', 'FANFARE_API_URL', 'CENTRIFUGO_API_URL');
    const key = setting(apiKey, 'apiKey', 'FANFARE_API_KEY', 'CENTRIFUGO_API_KEY');
    return {
      url: publishUrl(server),
      headers: { 'Content-Type': 'application/json', 'X-API-Key': key },
      timeoutMs,
    };
  }
}

/** Configured from the environment alone. */
export const realtime = new Realtime();

function publishUrl(server: string): string {
  if (!/^https?:\/\/[^/]/.test(server)) {
    const expected = 'the address of a server, for example http://localhost:8000';
    throw new RealtimeError('configuration', `apiUrl: ${server} (expected: ${expected})`);
  }
  return `${server.replace(/\/+$/, '').replace(/\/api$/, '')}/api/publish`;
}

function isTemporary(error: unknown): boolean {
  return error instanceof RealtimeError && TEMPORARY.has(error.code);
}

/** With some chance in it, so that many who failed together do not come back together. */
function pause(tries: number): Promise<void> {
  const longest = Math.min(FIRST_DELAY_MS * 2 ** (tries - 1), LONGEST_DELAY_MS);
  return new Promise((resolve) => setTimeout(resolve, longest * (0.5 + Math.random() / 2)));
}
