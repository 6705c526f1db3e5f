import { RealtimeError, type RealtimeErrorCode, type ServerReply } from '../errors.js';

/** Where the message stands in its channel, if the channel keeps history. */
export interface Published {
  readonly offset?: number;
  readonly epoch?: string;
}

/** What came back over HTTP, and for what. */
interface Answer {
  readonly url: string;
  readonly channel: string;
  readonly status: number;
  readonly text: string;
}

/** `error` is the API's own form, `detail` that of problem documents (RFC 9457). */
interface Body {
  readonly result?: Published;
  readonly error?: ServerReply;
  readonly detail?: string;
}

/** Codes with which the server asks for another try: internal error, too many requests. */
const TEMPORARY = [100, 111];

export function readAnswer(answer: Answer): Published {
  const { status, text } = answer;
  const body = parse(text);
  if (body.error) {
    const { code, message } = body.error;
    throw failure(
      answer,
      TEMPORARY.includes(code) ? 'unavailable' : 'refused',
      message,
      body.error,
    );
  }
  if (status === 200 && body.result) {
    return body.result;
  }
  throw failure(answer, kind(status, body), body.detail ?? `HTTP status ${status}`);
}

function kind(status: number, body: Body): RealtimeErrorCode {
  if (status === 401 || status === 403) {
    return 'unauthorized';
  }
  if (status === 429 || status >= 500) {
    return 'unavailable';
  }
  return body.detail && status !== 404 ? 'refused' : 'unexpected';
}

function failure(
  { url, channel }: Answer,
  code: RealtimeErrorCode,
  why: string,
  reply?: ServerReply,
): RealtimeError {
  return new RealtimeError(code, `${channel}: ${why} (${url})`, {
    channel,
    ...(reply && { reply }),
  });
}

function parse(text: string): Body {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
