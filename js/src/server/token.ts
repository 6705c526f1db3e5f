import { RealtimeError } from '../errors.js';
import { setting } from './environment.js';

const DAY_SECONDS = 86_400;
const OWN_CLAIMS = ['sub', 'iat', 'exp', 'orgs'];

export interface TokenOptions {
  /** The organisations of the user: each opens its channel. */
  readonly orgs?: readonly (string | number)[];
  /** Whatever else the token says. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Default: 24 hours. */
  readonly expiresInSeconds?: number;
  /** Default: `FANFARE_TOKEN_SECRET` or `CENTRIFUGO_TOKEN_SECRET` from the environment. */
  readonly secret?: string;
}

/** A token with which a user's client connects: a JSON Web Token, signed with HS256. */
export async function createToken(user: string, options: TokenOptions = {}): Promise<string> {
  const { orgs, claims = {}, expiresInSeconds = DAY_SECONDS } = options;
  const secret = setting(
    options.secret,
    'token secret',
    'FANFARE_TOKEN_SECRET',
    'CENTRIFUGO_TOKEN_SECRET',
  );
  check(user, claims, expiresInSeconds);
  const iat = Math.floor(Date.now() / 1000);
  const own = { sub: user, iat, exp: iat + expiresInSeconds, ...(orgs && { orgs }) };
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ ...own, ...claims })}`;
  return `${signed}.${await signature(secret, signed)}`;
}

function check(user: string, claims: object, expiresInSeconds: number): void {
  if (typeof user !== 'string' || user === '') {
    throw new RealtimeError('invalid', `user: "${String(user)}" (expected: a user's id, a text)`);
  }
  if (!(expiresInSeconds > 0)) {
    throw new RealtimeError(
      'invalid',
      `expiresInSeconds: ${expiresInSeconds} (expected: more than 0)`,
    );
  }
  const own = OWN_CLAIMS.find((name) => name in claims);
  if (own) {
    throw new RealtimeError(
      'invalid',
      `claims: ${own} (expected: none of ${OWN_CLAIMS.join(', ')})`,
    );
  }
}

/** WebCrypto is there in Node.js and in the runtimes at the edge alike. */
async function signature(secret: string, text: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, [
    'sign',
  ]);
  return base64Url(new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text))));
}

function encode(value: object): string {
  return base64Url(new TextEncoder().encode(JSON.stringify(value)));
}

function base64Url(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
