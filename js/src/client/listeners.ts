import type { PublicationContext, SubscribedContext, Subscription } from 'centrifuge';
import { RealtimeError } from '../errors.js';

/** A message's place in its channel, where the channel keeps history. */
export interface Publication {
  readonly channel: string;
  readonly offset: number | undefined;
}

/** What it throws, or rejects with, is reported and disturbs nobody else. */
export type Handler<Message> = (message: Message, publication: Publication) => unknown;

export interface SubscribeOptions {
  /**
   * Messages may have been missed: the client was away for longer than the server remembers. For a
   * query cache: ask everything anew.
   */
  readonly onMissed?: () => unknown;
}

interface Listener extends SubscribeOptions {
  readonly handler: Handler<unknown>;
}

/** Who listens to one channel, and the subscription that they share. */
export class Listeners {
  readonly #channel: string;
  readonly #subscription: Subscription;
  readonly #report: (error: RealtimeError) => void;
  readonly #all = new Set<Listener>();
  #wasSubscribed = false;

  constructor(subscription: Subscription, report: (error: RealtimeError) => void) {
    this.#channel = subscription.channel;
    this.#subscription = subscription;
    this.#report = report;
    subscription
      .on('publication', (publication) => this.#deliver(publication))
      .on('subscribed', (context) => this.#onSubscribed(context))
      .on('unsubscribed', ({ code, reason }) => this.#onUnsubscribed(code, reason))
      .on('error', ({ error }) => this.#tell('unavailable', error.code, error.message));
  }

  get isEmpty(): boolean {
    return this.#all.size === 0;
  }

  /** Also tries again where the server refused before. */
  add(listener: Listener): void {
    this.#all.add(listener);
    if (this.#subscription.state === 'unsubscribed') {
      this.#subscription.subscribe();
    }
  }

  remove(listener: Listener): void {
    this.#all.delete(listener);
  }

  #deliver({ data, offset }: PublicationContext): void {
    const publication = { channel: this.#channel, offset };
    this.#callAll(({ handler }) => handler(data, publication));
  }

  #onSubscribed({ recovered }: SubscribedContext): void {
    if (this.#wasSubscribed && !recovered) {
      this.#callAll(({ onMissed }) => onMissed?.());
    }
    this.#wasSubscribed = true;
  }

  /** Code 0 is our own wish. */
  #onUnsubscribed(code: number, reason: string): void {
    if (code !== 0) {
      this.#tell('refused', code, reason);
    }
  }

  #tell(what: 'refused' | 'unavailable', code: number, message: string): void {
    const channel = this.#channel;
    const reply = { code, message };
    this.#report(new RealtimeError(what, `${channel}: ${message}`, { channel, reply }));
  }

  /** All who are there now, but for those whom another one removes meanwhile. */
  #callAll(call: (listener: Listener) => unknown): void {
    const now = [...this.#all];
    for (const listener of now) {
      if (this.#all.has(listener)) {
        void this.#guard(() => call(listener));
      }
    }
  }

  async #guard(call: () => unknown): Promise<void> {
    try {
      await call();
    } catch (cause) {
      const channel = this.#channel;
      this.#report(
        new RealtimeError('handler', `${channel}: a handler failed`, { channel, cause }),
      );
    }
  }
}
