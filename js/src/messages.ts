import type { QueryChannel } from './channels.js';

/** Queries of which clients should ask anew: all whose key begins with this one. */
export interface QueryInvalidation {
  readonly type: 'query-invalidation';
  readonly queryKey: readonly unknown[];
  /** Anything else that clients should know. */
  readonly [member: string]: unknown;
}

/** What a channel carries, as far as its name tells. */
export type MessageOf<Channel extends string> = Channel extends QueryChannel
  ? QueryInvalidation
  : unknown;

export function isQueryInvalidation(value: unknown): value is QueryInvalidation {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === 'query-invalidation' &&
    'queryKey' in value &&
    Array.isArray(value.queryKey)
  );
}
