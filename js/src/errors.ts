/**
 * What went wrong, for programs:
 *
 * - `configuration`: something is not set, or not as it must be; or the order of calls is wrong
 * - `invalid`: an argument cannot be used
 * - `timeout`, `unreachable`, `unavailable`: no answer in time, no connection, or a server that cannot now
 * - `unauthorized`: the server does not know the key
 * - `refused`: the server understood and said no; `reply` has its words
 * - `unexpected`: an answer that is none of this server's, so the address may be wrong
 * - `token`: `getToken` failed; `cause` has its error
 * - `disconnected`: the server ended the connection for good; `reply` has its words
 * - `handler`: a handler threw; `cause` has its error
 */
export type RealtimeErrorCode =
  | 'configuration'
  | 'invalid'
  | 'timeout'
  | 'unreachable'
  | 'unavailable'
  | 'unauthorized'
  | 'refused'
  | 'unexpected'
  | 'token'
  | 'disconnected'
  | 'handler';

/** What the server said: 103 and `permission denied`, for example. */
export interface ServerReply {
  readonly code: number;
  readonly message: string;
}

export interface RealtimeErrorDetails {
  readonly reply?: ServerReply;
  readonly channel?: string;
  readonly cause?: unknown;
}

/** Everything that this package throws, rejects with or reports. */
export class RealtimeError extends Error {
  override readonly name = 'RealtimeError';
  readonly code: RealtimeErrorCode;
  readonly reply: ServerReply | undefined;
  readonly channel: string | undefined;

  constructor(code: RealtimeErrorCode, message: string, details: RealtimeErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.reply = details.reply;
    this.channel = details.channel;
  }
}
