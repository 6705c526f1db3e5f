import { RealtimeError } from '../errors.js';

/** What the code gave, else the first of these variables that is set and not empty. */
export function setting(given: string | undefined, what: string, ...variables: string[]): string {
  const value = given || variables.map((name) => process.env[name]).find((text) => text);
  if (!value) {
    throw new RealtimeError(
      'configuration',
      `${what}: nothing (expected: ${variables.join(' or ')} in the environment, or an option)`,
    );
  }
  return value;
}
