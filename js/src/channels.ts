import { RealtimeError } from './errors.js';

/** A channel that carries query invalidations. */
export type QueryChannel = 'trpc:global' | `trpc:org:${string}` | `trpc:user:${string}`;

/** The names of the channels for query invalidation. */
export const Channels = {
  /** Everybody who is connected. */
  global(): 'trpc:global' {
    return 'trpc:global';
  },

  /** The members of an organisation: those whose token names it in the claim `orgs`. */
  org(id: string | number): `trpc:org:${string}` {
    const text = idText('org', id);
    if (/[:*]/.test(text)) {
      throw invalid('org', text, 'a text without : and *');
    }
    return `trpc:org:${text}`;
  },

  /** One user alone: the one whose id is the token's `sub`, any text. */
  user(id: string | number): `trpc:user:${string}` {
    return `trpc:user:${idText('user', id)}`;
  },
} as const;

function idText(what: string, id: unknown): string {
  const text = typeof id === 'number' && Number.isSafeInteger(id) ? String(id) : id;
  if (typeof text !== 'string' || text === '') {
    throw invalid(what, String(id), 'an id, which is a text or an integer');
  }
  return text;
}

function invalid(what: string, got: string, expected: string): RealtimeError {
  return new RealtimeError('invalid', `${what} id: "${got}" (expected: ${expected})`);
}
